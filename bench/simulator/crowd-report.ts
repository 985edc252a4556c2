import type { CrowdResult } from './crowd-run.ts';
import type { Scenario } from './scenario.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { isDownloader } from './scenario.ts';

/** What one run came to. Times are parts of the fluid bound, bytes parts of the stream. */
export interface CrowdReport {
  readonly peers: number;
  readonly pieces: number;
  readonly boundSeconds: number;
  /** Download times, from joining to having everything. */
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
  readonly last: number;
  readonly unfinished: number;
  /** By when the last one finished. */
  readonly sharerSent: number;
  /** When it left, where it did. */
  readonly sharerLeft?: number;
  readonly duplicates: number;
  /** Time from 99 % to 100 % of one download's own time: the median, and the 95th of a hundred. */
  readonly lastPercent: number;
  readonly lastPercentP95: number;
  readonly messagesAPiece: number;
}

export function computeCrowdReport(scenario: Scenario, result: CrowdResult): CrowdReport {
  const { streamLength, pieceCount } = scenario.geometry;
  const downloaders = result.hosts.filter(({ plan }) => isDownloader(plan));
  const finished = downloaders.filter(({ record }) => record.completedAtMs < Infinity);
  const times = sort(finished.map(({ record }) => record.completedAtMs - record.joinedAtMs));
  const ends = sort(finished.map(computeLastPart));
  const wasted = downloaders.reduce((sum, host) => sum + host.wastedBytes, 0);
  const sharer = result.hosts[0];
  const sharerLeftMs = sharer?.isOnline === false ? sharer.record.leftAtMs : undefined;
  const pick = (part: number) => pickQuantile(times, part) / result.boundMs;
  return {
    peers: downloaders.length,
    pieces: pieceCount,
    boundSeconds: result.boundMs / 1_000,
    p5: pick(0.05),
    p50: pick(0.5),
    p95: pick(0.95),
    last: pick(1),
    unfinished: downloaders.length - finished.length,
    sharerSent: (sharer?.access.uplink.sentBytes ?? 0) / streamLength,
    ...(sharerLeftMs === undefined ? {} : { sharerLeft: sharerLeftMs / result.boundMs }),
    duplicates: wasted / (downloaders.length * streamLength),
    lastPercent: pickQuantile(ends, 0.5),
    lastPercentP95: pickQuantile(ends, 0.95),
    messagesAPiece: result.messageCount / (downloaders.length * pieceCount),
  };
}

/** What every crowd promises: all finish, and a sharer that is to leave does. */
export function findBrokenPromise(
  { hosts }: Scenario,
  { unfinished, sharerLeft }: Pick<CrowdReport, 'unfinished' | 'sharerLeft'>,
): string | undefined {
  if (unfinished > 0) return `${unfinished} did not finish`;
  const isToLeave = (hosts[0]?.maxSentBytes ?? Infinity) < Infinity;
  return isToLeave && sharerLeft === undefined ? 'the sharer did not leave' : undefined;
}

function computeLastPart({ record }: SimulatedHost): number {
  const { joinedAtMs, nearlyCompletedAtMs, completedAtMs } = record;
  return (completedAtMs - nearlyCompletedAtMs) / (completedAtMs - joinedAtMs);
}

function sort(values: readonly number[]): readonly number[] {
  return values.toSorted((a, b) => a - b);
}

/** The least value that this part of them does not exceed; not a number where there are none. */
export function pickQuantile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}
