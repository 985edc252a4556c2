import type { ShareCard } from '../app/app-state.ts';
import { PIECE } from '../app/sight.ts';
import { FULL, lookOf } from './piece-cells.ts';
import { formatPercent } from './format.ts';
import { DETAILS_TEXTS } from './words/details-texts.ts';

export interface LegendEntry {
  /** As its cells look. */
  readonly look: number;
  readonly words: string;
}

type Name = keyof typeof PIECE;

/** Shown also while there are none, so that the legend does not jump. */
const ALWAYS: Readonly<Record<ShareCard['role'], ReadonlySet<Name>>> = {
  receiver: new Set<Name>(['held', 'fetching', 'available', 'unavailable']),
  sharer: new Set<Name>(['held', 'unsealed']),
};
const ORDER: readonly Name[] = [
  'held',
  'unsealed',
  'fetching',
  'available',
  'unavailable',
  'unwanted',
];

/** What each pattern means, and how many pieces have it. */
export function listLegend(counts: Uint32Array, role: ShareCard['role']): LegendEntry[] {
  return ORDER.flatMap((name) => {
    const state = PIECE[name];
    const count = counts[state] ?? 0;
    if (count === 0 && !ALWAYS[role].has(name)) return [];
    const words = DETAILS_TEXTS[name === 'held' && role === 'sharer' ? 'sealed' : name];
    return [{ look: lookOf(name === 'held' ? FULL : 0, state), words: words(count) }];
  });
}

/** For those who do not see it: in tenths, so that it seldom changes. */
export function describeMap(
  counts: Uint32Array,
  pieceCount: number,
  role: ShareCard['role'],
): string {
  const held = counts[PIECE.held] ?? 0;
  const tenths = Math.floor((held / pieceCount) * 10);
  const percent = formatPercent(tenths * 10);
  return role === 'sharer'
    ? DETAILS_TEXTS.pictureShared({ percent })
    : DETAILS_TEXTS.pictureReceived({ percent });
}
