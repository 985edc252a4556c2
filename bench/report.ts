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

/** Runs a benchmark so many times, prints the figures of each repeat when it is done, and then the summary. */
export async function printRepeats(
  bench: string,
  repeats: number,
  about: Readonly<Record<string, Json>>,
  run: (repeat: number) => Promise<Row>,
): Promise<void> {
  const rows: Row[] = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const row = await run(repeat);
    printLine({ repeat, ...row });
    rows.push(row);
  }
  printSummary(bench, rows, about);
}

/** Each repeat begins with another arm, so that none has the quietest moment every time. */
export function rotateArms<Arm>(arms: readonly Arm[], repeat: number): readonly Arm[] {
  const first = repeat % arms.length;
  return [...arms.slice(first), ...arms.slice(0, first)];
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
