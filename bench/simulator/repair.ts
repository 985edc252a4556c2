import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import { printRepeats } from '../report.ts';
import { runRepair } from './repair-run.ts';

/** How soon, and how fast, a killed volunteer's copies are made again: with the sharer there, and after it has left. */
export async function runRepairs(options: BenchOptions): Promise<void> {
  const first = options.seed ?? 1;
  await printRepeats('repair', options.repeats, {}, async (repeat) => {
    const row: Record<string, number> = {};
    for (const [name, isSharerThere] of [
      ['with sharer', true],
      ['without', false],
    ] as const) {
      for (const [key, value] of Object.entries(runRepair(first + repeat, isSharerThere))) {
        row[`${name} ${key}`] = value;
      }
    }
    return row satisfies Row;
  });
}
