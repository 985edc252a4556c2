import type { Spread } from './statistics.ts';
import { computeSpreads } from './statistics.ts';

/** One repeat of a benchmark: figures by name, units in the names. */
export type Row = Readonly<Record<string, number>>;

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Prints one JSON object as one line; figures to four significant digits. */
export function printLine(line: Readonly<Record<string, Json>>): void {
  process.stdout.write(`${JSON.stringify(line, (_, value: unknown) => shorten(value))}\n`);
}

/** The last line of a benchmark: the median of every figure, and how far the repeats lie apart. */
export function printSummary(
  bench: string,
  rows: readonly Row[],
  about: Readonly<Record<string, Json>>,
): void {
  const spreads = Object.entries(computeSpreads(rows));
  printLine({
    bench,
    repeats: rows.length,
    ...about,
    median: pick(spreads, ({ median }) => median),
    min: pick(spreads, ({ min }) => min),
    max: pick(spreads, ({ max }) => max),
  });
}

function pick(
  spreads: readonly (readonly [string, Spread])[],
  choose: (spread: Spread) => number,
): Readonly<Record<string, number>> {
  return Object.fromEntries(spreads.map(([name, spread]) => [name, choose(spread)]));
}

function shorten(value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value)
    ? Number(value.toPrecision(4))
    : value;
}
