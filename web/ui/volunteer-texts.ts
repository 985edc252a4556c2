import type { VolunteerState } from '../app/app-state.ts';
import { formatBytes, formatRoundBytes, formatSpeed } from './format.ts';
import { VOLUNTEER_TEXTS } from './words/volunteer-texts.ts';

const MB = 1_000_000;
const GB = 1000 * MB;

export interface Choice {
  readonly value: number;
  readonly label: string;
}

/** Bytes to lend, and how they are called. */
export function listBudgets(): Choice[] {
  const budgets = [128 * MB, 256 * MB, 512 * MB, GB, 2 * GB, 5 * GB, 10 * GB];
  return budgets.map((value) => ({ value, label: formatRoundBytes(value) }));
}

/** Bytes a second to send at most, 0 for no limit, and how they are called. */
export function listUploadLimits(): Choice[] {
  const limits = [100_000, 250_000, 500_000, MB, 2 * MB, 5 * MB];
  return [
    { value: 0, label: VOLUNTEER_TEXTS.noLimit },
    ...limits.map((value) => ({ value, label: formatRoundBytes(value, '-per-second') })),
  ];
}

/** What there is to say where nothing is wrong. */
export function computeVolunteerHint(state: VolunteerState): string {
  if (!state.settings.isOn)
    return state.pieceCount > 0 ? VOLUNTEER_TEXTS.resting : VOLUNTEER_TEXTS.offer;
  return state.pieceCount === 0 ? VOLUNTEER_TEXTS.idle : VOLUNTEER_TEXTS.offer;
}

/** What is kept now: sizes and counts are all there is to know. */
export function computeVolunteerFigures(state: VolunteerState): string[] {
  const { settings, heldBytes, pieceCount, shareCount, upBytesPerSecond } = state;
  if (pieceCount === 0) return [];
  const texts = VOLUNTEER_TEXTS;
  const amount = formatBytes(heldBytes);
  const figures = [
    settings.isOn
      ? texts.held({ amount, budget: formatBytes(settings.budgetBytes) })
      : texts.kept({ amount }),
    texts.ofShares(shareCount, { pieces: texts.pieces(pieceCount) }),
  ];
  if (upBytesPerSecond >= 1) figures.push(texts.sending({ speed: formatSpeed(upBytesPerSecond) }));
  return figures;
}
