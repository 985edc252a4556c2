import type { ShareCard } from '../app/app-state.ts';
import { formatPercent } from './format.ts';
import { STATUS_TEXTS } from './words/card-texts.ts';
import { describeProblem } from './words/problem-texts.ts';
import { FILES_TEXTS } from './words/files-texts.ts';

export interface StatusLine {
  /** Changes only when the state does, so that it can be announced. */
  readonly state: string;
  /** Moves with the transfer, and is not announced. */
  readonly detail: string;
  readonly tone: 'idle' | 'busy' | 'good' | 'bad';
}

export function computeStatusLine(
  card: Pick<ShareCard, 'role' | 'status' | 'transfer'> & Partial<Pick<ShareCard, 'choice'>>,
): StatusLine {
  const { status, transfer, choice } = card;
  const texts = STATUS_TEXTS;
  const connected = transfer.connectedPeers;
  switch (status.kind) {
    case 'looking':
      return { state: texts.looking, detail: '', tone: 'busy' };
    case 'locked':
      return { state: texts.locked, detail: '', tone: 'idle' };
    case 'ready':
      return {
        state: transfer.holderCount > 0 ? texts.ready : texts.waiting,
        detail: '',
        tone: 'idle',
      };
    case 'choosing':
      return { state: texts.choosing, detail: '', tone: 'idle' };
    case 'waiting-for-peers':
      return { state: texts.waiting, detail: '', tone: 'idle' };
    case 'connecting':
      return { state: texts.connecting, detail: '', tone: 'busy' };
    case 'downloading':
      return { state: texts.downloading, detail: formatPercent(transfer.percent), tone: 'busy' };
    case 'verifying':
      return { state: texts.verifying, detail: formatPercent(status.percent), tone: 'busy' };
    case 'complete':
      return {
        state: choice?.isPart === true ? FILES_TEXTS.complete : texts.complete,
        detail: connected > 0 ? texts.alsoSharingWith(connected) : '',
        tone: 'good',
      };
    case 'sharing':
      return {
        state: texts.sharing,
        detail: connected > 0 ? texts.sharingWith(connected) : '',
        tone: 'good',
      };
    case 'sharing-stored':
      return { state: texts.sharingStored, detail: '', tone: 'idle' };
    case 'waiting-for-tab':
      return { state: texts.waitingForTab, detail: '', tone: 'idle' };
    case 'ended':
      return card.role === 'sharer'
        ? { state: texts.ended, detail: '', tone: 'idle' }
        : { state: texts.endedEarly, detail: '', tone: 'bad' };
    case 'paused':
      return { state: texts.paused, detail: '', tone: 'idle' };
    case 'failed':
      return { state: texts.failed(describeProblem(status.problem)), detail: '', tone: 'bad' };
  }
}
