/** How a swarm of leechers came to hold a file. Times in milliseconds of one clock. */
export interface LeecherProgress {
  /** When each step of equal size was held, in any order. */
  readonly stepAtMs: readonly number[];
  readonly doneAtMs: number;
}

/** One point of the curve: seconds since the start, and the part of all bytes held by then, 0 to 1. */
export type CurvePoint = readonly [seconds: number, part: number];

const CURVE_POINTS = 100;

/** The part of everything that the leechers together held at equal intervals until the last was done. */
export function computeCurve(
  startMs: number,
  leechers: readonly LeecherProgress[],
): readonly CurvePoint[] {
  const steps = leechers.flatMap(({ stepAtMs }) => stepAtMs).toSorted((a, b) => a - b);
  const endMs = Math.max(...leechers.map(({ doneAtMs }) => doneAtMs));
  let held = 0;
  return Array.from({ length: CURVE_POINTS + 1 }, (_, i): CurvePoint => {
    const atMs = startMs + ((endMs - startMs) * i) / CURVE_POINTS;
    while (held < steps.length && (steps[held] ?? 0) <= atMs) held += 1;
    const part = i === CURVE_POINTS ? 1 : held / Math.max(1, steps.length);
    return [round((atMs - startMs) / 1000), round(part)];
  });
}

/** Of a leecher's time, the part between holding 99 % and holding everything. */
export function computeLastPercentShare(startMs: number, leecher: LeecherProgress): number {
  const steps = leecher.stepAtMs.toSorted((a, b) => a - b);
  const at99Ms = steps[Math.ceil(steps.length * 0.99) - 1] ?? startMs;
  return (leecher.doneAtMs - at99Ms) / (leecher.doneAtMs - startMs);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
