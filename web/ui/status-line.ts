import type { ShareCard } from '../app/app-state.ts';
import { formatPercent } from './format.ts';
import { TEXTS } from './texts.ts';

export interface StatusLine {
  /** Changes only when the state does, so that it can be announced. */
  readonly state: string;
  /** Moves with the transfer, and is not announced. */
  readonly detail: string;
  readonly tone: 'idle' | 'busy' | 'good' | 'bad';
}

export function computeStatusLine(card: Pick<ShareCard, 'status' | 'transfer'>): StatusLine {
  const { status, transfer } = card;
  const texts = TEXTS.status;
  const connected = transfer.connectedPeers;
  switch (status.kind) {
    case 'looking':
      return { state: texts.looking, detail: '', tone: 'busy' };
    case 'ready':
      return {
        state: transfer.holderCount > 0 ? texts.ready : texts.waiting,
        detail: '',
        tone: 'idle',
      };
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
        state: texts.complete,
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
    case 'paused':
      return { state: texts.paused, detail: '', tone: 'idle' };
    case 'failed':
      return { state: texts.failed(status.problem.sentence), detail: '', tone: 'bad' };
  }
}
