import { readFile, writeFile } from 'node:fs/promises';

import type { BenchOptions } from '../options.ts';
import { printLine } from '../report.ts';
import { readBenchLines } from './bench-lines.ts';
import { drawPair } from './pair-plot.ts';
import { drawSwarm } from './swarm-plot.ts';

const DRAWERS = new Map([
  ['pair', drawPair],
  ['swarm', drawSwarm],
]);

/** Draws the lines that a race printed into a file. */
export async function plot({ from, to }: BenchOptions): Promise<void> {
  if (from === undefined || to === undefined) throw new Error('plot needs --from and --to');
  const lines = readBenchLines(await readFile(from, 'utf8'));
  const draw = lines && DRAWERS.get(lines.bench);
  if (lines === undefined || draw === undefined) throw new Error(`${from} has nothing to draw`);
  await writeFile(to, draw(lines));
  printLine({ bench: 'plot', of: lines.bench, repeats: lines.rows.length, to });
}
