import type { Row } from '../../report.ts';

const SAMPLE_MS = 100;
/** What is lost within so long of the start, or of the end, is lost by starting or by ending. */
const EDGE_MS = 2_000;

/** What the uplink had sent by then. */
export interface UplinkSample {
  readonly atMs: number;
  readonly bytes: number;
}

/** Reads what an uplink has sent again and again, until what it returns is called, which returns what was read. */
export function watchUplink(countBytes: () => number): () => readonly UplinkSample[] {
  const samples: UplinkSample[] = [];
  const take = (): unknown => samples.push({ atMs: Date.now(), bytes: countBytes() });
  take();
  const timer = setInterval(take, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    take();
    return samples;
  };
}

/**
 * Why the last one needs more than the sharer's uplink takes for the file, where that is the bound: the part of it that
 * was used from start to end, the seconds of it that were lost in the first two, the last two and between, and what the
 * file is of all that it carried. The time ÷ the bound is 1 ÷ used ÷ payload.
 */
export function computeUplinkUse(
  samples: readonly UplinkSample[],
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  bytesPerSecond: number,
  payloadBytes: number,
): Row {
  const sentBytes = (fromMs: number, toMs: number): number =>
    bytesBy(samples, toMs) - bytesBy(samples, fromMs);
  const lostSeconds = (fromMs: number, toMs: number): number =>
    (toMs - fromMs) / 1000 - sentBytes(fromMs, toMs) / bytesPerSecond;
  const total = sentBytes(startMs, endMs);
  const [startedMs, endingMs] = [startMs + EDGE_MS, endMs - EDGE_MS];
  return {
    UplinkUsed: total / ((bytesPerSecond * (endMs - startMs)) / 1000),
    UplinkPayload: payloadBytes / total,
    LostAtStartS: lostSeconds(startMs, startedMs),
    LostBetweenS: lostSeconds(startedMs, endingMs),
    LostAtEndS: lostSeconds(endingMs, endMs),
  };
}

/** Between two samples as if it had gone evenly. */
function bytesBy(samples: readonly UplinkSample[], atMs: number): number {
  const after = samples.findIndex((sample) => sample.atMs >= atMs);
  const [before, next] = [samples[after - 1], samples[after]];
  if (next === undefined) return samples.at(-1)?.bytes ?? 0;
  if (before === undefined) return next.bytes;
  const part = (atMs - before.atMs) / (next.atMs - before.atMs);
  return before.bytes + part * (next.bytes - before.bytes);
}
