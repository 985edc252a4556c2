import type { CardCopies } from '../app/app-state.ts';
import { COPY_CHOICES } from '../app/card-copies.ts';
import { formatBytes, formatPercent } from './format.ts';
import { formatDuration } from './time-left.ts';
import { COPIES_TEXTS } from './words/copies-texts.ts';

/** Whether a share needs its sharer's tab. `safe`: it does not, but another one in the same tab does. */
export interface Verdict {
  readonly kind: 'stay' | 'close' | 'safe';
  /** Changes only when the verdict does, so that it can be announced. */
  readonly title: string;
  readonly detail: string;
}

/** `neededFor` names something else that closing the tab would end, if there is any. */
export function computeVerdict(copies: CardCopies, neededFor: string | undefined): Verdict {
  const texts = COPIES_TEXTS;
  if (!copies.mayClose) return { kind: 'stay', title: texts.stay, detail: describeLack(copies) };
  if (neededFor !== undefined) {
    return { kind: 'safe', title: texts.safe, detail: texts.neededFor({ name: neededFor }) };
  }
  return { kind: 'close', title: texts.close, detail: texts.enough };
}

function describeLack({ isAlone, secondsLeft, ...copies }: CardCopies): string {
  const texts = COPIES_TEXTS;
  if (isAlone) return texts.nobody;
  const amounts = {
    lacking: formatBytes(copies.lackingBytes),
    total: formatBytes(copies.totalBytes),
  };
  const lack =
    copies.target === 1 ? texts.lackingAny(amounts) : texts.lacking(copies.target, amounts);
  const duration = formatDuration(secondsLeft);
  return duration === '' ? texts.lackingLong({ lack }) : texts.lackingFor({ lack, duration });
}

export interface CopyRow {
  /** Beginning with 1: the first copy, the second… */
  readonly number: number;
  readonly percent: string;
  /** Columns that have so many copies, as [first, behind the last]. */
  readonly runs: readonly (readonly [number, number])[];
}

/** One row a copy, and no more than may be asked for: full where so many others hold the piece. A full row is a full copy. */
export function computeCopyRows({ columns, target, fullCopies }: CardCopies): CopyRow[] {
  const rowCount = Math.min(COPY_CHOICES.length, Math.max(target, fullCopies));
  return Array.from({ length: rowCount }, (_, i) => computeRow(columns, i + 1));
}

function computeRow(columns: Uint8Array, number: number): CopyRow {
  const runs: [number, number][] = [];
  let filled = 0;
  for (const [column, count] of columns.entries()) {
    if (count < number) continue;
    filled += 1;
    const last = runs.at(-1);
    if (last?.[1] === column) last[1] = column + 1;
    else runs.push([column, column + 1]);
  }
  const part = filled / Math.max(1, columns.length);
  return { number, percent: formatPercent(Math.floor(part * 100)), runs };
}
