import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import type { CrowdName } from './crowd-scenarios.ts';
import { pickNames } from '../options.ts';
import { printLine, printSummary } from '../report.ts';
import { drawCrowd } from './crowd-picture.ts';
import { computeCrowdReport, findBrokenPromise } from './crowd-report.ts';
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

/** What a scenario is told against: the same crowd without what is wrong. */
const BESIDE: Partial<Record<CrowdName, CrowdName>> = { nat: 'flash-crowd' };

/**
 * One line a scenario and repeat, the same for the same seed, and one beside it with what it cost this machine, which is
 * not; so with the two summaries. Each repeat has a seed of its own. Fails where somebody did not finish, or nobody left
 * who was to leave.
 */
export async function runSim(options: BenchOptions): Promise<void> {
  const known = CROWD_NAMES.filter(isCrowdName);
  const { scenario } = options;
  const names = pickNames(known, scenario === undefined ? undefined : [scenario]);
  if (names.some((name) => countPeers(name, options) >= MANY_PEERS) && !hasLargeHeap()) {
    process.exitCode = rerunWithLargeHeap();
    return;
  }
  mkdirSync(PICTURES, { recursive: true });
  const [rows, costs]: [Row[], Row[]] = [[], []];
  for (let repeat = 0; repeat < options.repeats; repeat += 1) {
    const [row, cost]: [Record<string, number>, Record<string, number>] = [{}, {}];
    for (const name of names) {
      const figures = runBeside(name, options, (options.seed ?? 1) + repeat);
      for (const [key, value] of Object.entries(figures.row)) row[`${name} ${key}`] = value;
      for (const [key, value] of Object.entries(figures.cost)) cost[`${name} ${key}`] = value;
    }
    rows.push(row);
    costs.push(cost);
  }
  printSummary('sim', rows, {});
  printSummary('sim cost', costs, {});
}

function countPeers(name: CrowdName, { peers }: BenchOptions): number {
  return peers ?? (name === 'flash-crowd' ? FLASH_CROWD_PEERS : OTHER_PEERS);
}

interface Figures {
  readonly row: Row;
  readonly cost: Row;
}

function runBeside(name: CrowdName, options: BenchOptions, seed: number): Figures {
  const peerCount = countPeers(name, options);
  const { report, cost } = runOne(name, { ...options, peers: peerCount }, seed);
  const row: Row = { ...report };
  const other = BESIDE[name];
  if (other === undefined) return { row, cost };
  const { report: without } = runOne(other, { ...options, peers: peerCount }, seed);
  const ratios = {
    [`p95 ÷ ${other}`]: report.p95 / without.p95,
    [`last ÷ ${other}`]: report.last / without.last,
  };
  printLine({ scenario: name, seed, peers: peerCount, ...ratios });
  return { row: { ...row, ...ratios }, cost };
}

function runOne(name: CrowdName, options: BenchOptions, seed: number) {
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
  const failure = findBrokenPromise(scenario, report);
  if (failure !== undefined) {
    printLine({ scenario: name, seed, failure });
    process.exitCode = 1;
  }
  return { report, cost };
}
