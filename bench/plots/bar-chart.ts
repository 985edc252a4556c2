import type { Spread } from '../statistics.ts';
import { STYLE, text } from '../simulator/line-chart.ts';

export interface Bar {
  readonly name: string;
  readonly spread: Spread;
  /** Ours, among others. */
  readonly isOurs: boolean;
}

export interface BarPlan {
  readonly title: string;
  readonly subtitle: string;
  readonly unit: string;
  readonly bars: readonly Bar[];
}

const WIDTH = 760;
const PLOT = { left: 210, right: 190, top: 72, bottom: 16 };
const ROW = { height: 44, bar: 22 };

const BAR_STYLE = `
.bar { fill: #afb8c1; } .ours { fill: #0b5fb0; } .spread { stroke: #24292f; stroke-width: 1.5; }
@media (prefers-color-scheme: dark) {
.bar { fill: #57606a; } .ours { fill: #6cb6ff; } .spread { stroke: #e6edf3; }
}`;

/** Lying bars from nothing to the median, each with its spread, as SVG text; the same plan gives the same text. */
export function drawBarChart({ title, subtitle, unit, bars }: BarPlan): string {
  const height = PLOT.top + bars.length * ROW.height + PLOT.bottom;
  const most = Math.max(...bars.map(({ spread }) => spread.max));
  const toX = (value: number): number =>
    round(PLOT.left + (value / most) * (WIDTH - PLOT.left - PLOT.right));
  const told = bars.map(({ name, spread }) => `${name} ${formatSpread(spread, unit)}`).join(', ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<title>${title}</title><desc>${subtitle}. ${told}.</desc>`,
    `<style>${STYLE}${BAR_STYLE}</style>`,
    text(24, 26, title, 'class="title"'),
    text(24, 46, subtitle, 'class="muted"'),
    ...bars.map((bar, i) => drawBar(bar, PLOT.top + (i + 0.5) * ROW.height, toX, unit)),
    '</svg>',
    '',
  ].join('\n');
}

function drawBar(
  { name, spread, isOurs }: Bar,
  y: number,
  toX: (value: number) => number,
  unit: string,
): string {
  const end = toX(spread.median);
  const kind = isOurs ? 'bar ours' : 'bar';
  const top = y - ROW.bar / 2;
  return [
    text(PLOT.left - 12, y + 4, name, 'text-anchor="end"'),
    `<rect class="${kind}" x="${PLOT.left}" y="${top}" width="${round(end - PLOT.left)}" height="${ROW.bar}"/>`,
    `<path class="spread" d="M${toX(spread.min)} ${y}H${toX(spread.max)}"/>`,
    text(toX(spread.max) + 10, y + 4, formatSpread(spread, unit)),
  ].join('');
}

function formatSpread({ median, min, max }: Spread, unit: string): string {
  return `${format(median)} ${unit} (${format(min)} to ${format(max)})`;
}

function format(value: number): string {
  return value.toFixed(1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
