import type { ShareCard } from './app-state.ts';

/** Complete, and given to the browser to save; or stopped by something that a person has to see to. */
export type DownloadEnd = 'complete' | 'failed';

export interface DownloadsSeen {
  /** Keys of the downloads that were seen under way. */
  readonly underWay: ReadonlySet<string>;
  /** How those ended that have since. */
  readonly ends: readonly DownloadEnd[];
}

/**
 * What has become of the downloads that were under way. What another tab takes care of is that tab's to tell. Of what is
 * found complete when the page opens, or removed or paused by a person, there is no news.
 */
export function seeDownloads(
  before: ReadonlySet<string>,
  cards: readonly ShareCard[],
): DownloadsSeen {
  const underWay = new Set<string>();
  const ends: DownloadEnd[] = [];
  for (const card of cards) {
    if (card.role === 'sharer' || card.isElsewhere === true) continue;
    const wasUnderWay = before.has(card.key);
    const now = judge(card, wasUnderWay);
    if (now === 'under-way') underWay.add(card.key);
    else if (now !== undefined && wasUnderWay) ends.push(now);
  }
  return { underWay, ends };
}

function judge({ status }: ShareCard, wasUnderWay: boolean): DownloadEnd | 'under-way' | undefined {
  switch (status.kind) {
    case 'waiting-for-peers':
    case 'downloading':
      return 'under-way';
    case 'connecting':
    case 'verifying':
      // Also what a reload finds complete connects, and what is complete is saved again.
      return wasUnderWay ? 'under-way' : undefined;
    case 'complete':
      return 'complete';
    case 'failed':
    case 'ended':
      return 'failed';
    case 'paused':
      return status.problem === undefined ? undefined : 'failed';
    case 'looking':
    case 'locked':
    case 'ready':
    case 'choosing':
    case 'sharing':
    case 'sharing-stored':
    case 'waiting-for-tab':
      return undefined;
  }
}
