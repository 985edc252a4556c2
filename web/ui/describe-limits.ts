import type { CardDownloads, CardEnd } from '../app/app-state.ts';
import { describeEnd, formatUntil } from './end-texts.ts';
import { LIMIT_TEXTS } from './words/limit-texts.ts';

/** By what a share of one's own ends: a time, a number of downloads, either, or nothing. */
export function describeLimits(
  end: CardEnd | undefined,
  downloads: CardDownloads | undefined,
): string {
  if (downloads === undefined) return describeEnd(end);
  if (end === undefined) return LIMIT_TEXTS.after(downloads.limit);
  return LIMIT_TEXTS.orAfter(downloads.limit, { when: formatUntil(end.secondsLeft) });
}
