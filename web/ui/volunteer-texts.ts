import type { VolunteerState } from '../app/app-state.ts';
import { formatBytes, formatSpeed } from './format.ts';
import { TEXTS } from './texts.ts';

const MB = 1_000_000;
const GB = 1000 * MB;

/** Bytes to lend, and how they are called. */
export const BUDGET_CHOICES: ReadonlyMap<number, string> = new Map(
  [128 * MB, 256 * MB, 512 * MB, GB, 2 * GB, 5 * GB, 10 * GB].map((bytes) => [
    bytes,
    bytes < GB ? `${bytes / MB} MB` : `${bytes / GB} GB`,
  ]),
);

/** Bytes a second to send at most, 0 for no limit, and how they are called. */
export const UPLOAD_CHOICES: ReadonlyMap<number, string> = new Map([
  [0, TEXTS.volunteer.noLimit],
  [100_000, '100 kB/s'],
  [250_000, '250 kB/s'],
  [500_000, '500 kB/s'],
  [MB, '1 MB/s'],
  [2 * MB, '2 MB/s'],
  [5 * MB, '5 MB/s'],
]);

export function computeVolunteerHint(state: VolunteerState): string {
  if (!state.settings.isOn)
    return state.pieceCount > 0 ? TEXTS.volunteer.resting : TEXTS.volunteer.offer;
  if (state.problem !== undefined) return `${state.problem.sentence} ${state.problem.advice}`;
  return state.pieceCount === 0 ? TEXTS.volunteer.idle : TEXTS.volunteer.offer;
}

/** What is kept now: sizes and counts are all there is to know. */
export function computeVolunteerFigures(state: VolunteerState): string[] {
  const { settings, heldBytes, pieceCount, shareCount, upBytesPerSecond } = state;
  if (pieceCount === 0) return [];
  const texts = TEXTS.volunteer;
  const held = formatBytes(heldBytes);
  const figures = [
    settings.isOn ? texts.held(held, formatBytes(settings.budgetBytes)) : texts.kept(held),
    `${texts.pieces(pieceCount)} ${texts.shares(shareCount)}`,
  ];
  if (upBytesPerSecond >= 1) figures.push(`${TEXTS.upSpeed} ${formatSpeed(upBytesPerSecond)}`);
  return figures;
}
