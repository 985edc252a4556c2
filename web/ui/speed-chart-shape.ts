import type { Speeds } from '../app/speed-history.ts';

const SPANS_SECONDS = [60, 120, 300] as const;
/** Nothing slower is worth a mark on the axis. */
const MIN_TOP_BYTES_PER_SECOND = 1_000;

export interface SpeedChartShape {
  /** The least round number that nothing exceeds. */
  readonly topBytesPerSecond: number;
  readonly spanSeconds: number;
  /** SVG paths on a grid as wide as the span and 100 high. Empty where there is nothing to draw. */
  readonly down: string;
  readonly up: string;
}

/** A direction in which nothing ever went is left out. */
export function computeSpeedChart({ down, up, averageDown, averageUp }: Speeds): SpeedChartShape {
  const longest = SPANS_SECONDS.at(-1) ?? 0;
  const spanSeconds = SPANS_SECONDS.find((span) => span > down.length) ?? longest;
  const topBytesPerSecond = roundUp(findPeak(down, findPeak(up, MIN_TOP_BYTES_PER_SECOND)));
  const draw = (samples: Float32Array, average: number): string =>
    average === 0 ? '' : drawPath(samples, spanSeconds, topBytesPerSecond);
  return {
    topBytesPerSecond,
    spanSeconds,
    down: draw(down, averageDown),
    up: draw(up, averageUp),
  };
}

function findPeak(samples: Float32Array, atLeast: number): number {
  let peak = atLeast;
  for (const sample of samples) if (sample > peak) peak = sample;
  return peak;
}

/** To 1, 2 or 5 and zeros. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((digit) => digit * power >= value) ?? 10) * power;
}

function drawPath(samples: Float32Array, spanSeconds: number, top: number): string {
  if (samples.length < 2) return '';
  const points: string[] = [];
  for (const [place, sample] of samples.entries()) {
    const x = spanSeconds - (samples.length - 1 - place);
    points.push(`${x} ${(100 - (sample / top) * 100).toFixed(1)}`);
  }
  return `M${points.join('L')}`;
}
