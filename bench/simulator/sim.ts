import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import type { CrowdName } from './crowd-scenarios.ts';
import { printLine, printSummary } from '../report.ts';
import { drawCrowd } from './crowd-picture.ts';
import { computeCrowdReport } from './crowd-report.ts';
import { runCrowd } from './crowd-run.ts';
import { CROWD_NAMES, createCrowd, isCrowdName } from './crowd-scenarios.ts';
import { EngineMeter } from './engine-meter.ts';
import { hasLargeHeap, rerunWithLargeHeap } from './large-heap.ts';

const PICTURES = join('bench', 'results');
/** What the target names; the others show the same with fewer. */
const FLASH_CROWD_PEERS = 10_000;
const OTHER_PEERS = 1_000;
/** From so many on the heap that Node takes by itself costs time, and later does not suffice. */
const MANY_PEERS = 500;

/**
 * One line a scenario and repeat, the same for the same seed, and one beside it with what it cost this machine.
 * Each repeat has a seed of its own.
 */
export async function runSim(options: BenchOptions): Promise<void> {
  const names = (options.scenario === undefined ? CROWD_NAMES : [options.scenario]).filter(
    isCrowdName,
  );
  if (names.length === 0) throw new Error(`scenarios: ${CROWD_NAMES.join(', ')}`);
  if (names.some((name) => countPeers(name, options) >= MANY_PEERS) && !hasLargeHeap()) {
    process.exitCode = rerunWithLargeHeap();
    return;
  }
  mkdirSync(PICTURES, { recursive: true });
  const rows: Row[] = [];
  for (let repeat = 0; repeat < options.repeats; repeat += 1) {
    const row: Record<string, number> = {};
    for (const name of names) {
      const figures = runOne(name, options, (options.seed ?? 1) + repeat);
      for (const [key, value] of Object.entries(figures)) row[`${name} ${key}`] = value;
    }
    rows.push(row);
  }
  printSummary('sim', rows, {});
}

function countPeers(name: CrowdName, { peers }: BenchOptions): number {
  return peers ?? (name === 'flash-crowd' ? FLASH_CROWD_PEERS : OTHER_PEERS);
}

function runOne(name: CrowdName, options: BenchOptions, seed: number): Row {
  const peerCount = countPeers(name, options);
  const size = { seed, peerCount, streamLength: options.megabytes * 1_000_000 };
  const scenario = createCrowd(name, size);
  const startedAtMs = performance.now();
  const meter = new EngineMeter(() => performance.now());
  const result = runCrowd(scenario, meter);
  const report = computeCrowdReport(scenario, result);
  const picture = join(PICTURES, `sim-${name}.svg`);
  writeFileSync(picture, drawCrowd(name, report, result));
  printLine({ scenario: name, seed, megabytes: options.megabytes, ...report, picture });
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const pieces = report.peers * report.pieces;
  const engineMicrosecondsAPiece = (meter.estimatedMs * 1_000) / pieces;
  const cost = { seconds, steps: result.stepCount, engineMicrosecondsAPiece };
  printLine({ scenario: name, seed, cost });
  return { ...report, engineMicrosecondsAPiece };
}
