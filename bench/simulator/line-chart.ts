/** One line of a chart; points in data units, ascending in x. */
export interface ChartLine {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface ChartPlan {
  readonly title: string;
  readonly subtitle: string;
  readonly xLabel: string;
  readonly xMax: number;
  /** At most four, told apart by colour and by their dashes. The y axis shows parts of 1 as per cent. */
  readonly lines: readonly ChartLine[];
  /** Upright lines with a name at the foot. */
  readonly marks: readonly { readonly name: string; readonly x: number }[];
}

const [WIDTH, HEIGHT] = [760, 420];
const PLOT = { left: 64, right: 24, top: 92, bottom: 52 };
const DASHES = ['none', '7 4', '2 3', '10 3 2 3'];
const MIN_X_TICKS = 5;
/** Room for the stroke, for an average letter, and for a whole entry. */
const LEGEND = { stroke: 36, letter: 7.4, least: 150 };

/** Colours that keep a contrast of 3 : 1 to their background, and are told apart by people who see no red or green. */
export const STYLE = `
svg { background: #ffffff; font: 13px system-ui, sans-serif; }
text { fill: #24292f; } .muted { fill: #57606a; } .title { font-size: 16px; font-weight: 600; }
.grid { stroke: #d8dee4; } .mark { stroke: #57606a; stroke-dasharray: 4 4; }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
.c0 { stroke: #0b5fb0; } .c1 { stroke: #b35900; } .c2 { stroke: #6f42c1; } .c3 { stroke: #1a7f37; }
@media (prefers-color-scheme: dark) {
svg { background: #0d1117; } text { fill: #e6edf3; } .muted { fill: #9198a1; } .grid { stroke: #30363d; }
.mark { stroke: #9198a1; }
.c0 { stroke: #6cb6ff; } .c1 { stroke: #f69d50; } .c2 { stroke: #cdb4ff; } .c3 { stroke: #57d364; }
}`;

/** A picture of the lines as SVG text, legible on light and dark pages; the same plan gives the same text. */
export function drawLineChart(plan: ChartPlan): string {
  const names = plan.lines.map(({ name }) => name).join(', ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">`,
    `<title>${escape(plan.title)}</title><desc>${escape(`${plan.subtitle}. ${names}.`)}</desc>`,
    `<style>${STYLE}</style>`,
    text(PLOT.left, 26, plan.title, 'class="title"'),
    text(PLOT.left, 46, plan.subtitle, 'class="muted"'),
    ...drawLegend(plan.lines),
    ...drawAxes(plan),
    ...plan.marks.map(({ name, x }) => drawMark(name, toX(x, plan.xMax))),
    ...plan.lines.map((line, i) => drawLine(line, i, plan.xMax)),
    '</svg>',
    '',
  ].join('\n');
}

function drawLegend(lines: readonly ChartLine[]): readonly string[] {
  let nextX = PLOT.left;
  return lines.map(({ name }, i) => {
    const x = nextX;
    nextX += Math.max(LEGEND.least, LEGEND.stroke + name.length * LEGEND.letter);
    const dash = `stroke-dasharray="${DASHES[i % DASHES.length]}"`;
    return `<path class="line c${i}" ${dash} d="M${x} 66h28"/>${text(x + LEGEND.stroke, 70, name)}`;
  });
}

function drawAxes({ xLabel, xMax }: ChartPlan): readonly string[] {
  const [right, bottom] = [WIDTH - PLOT.right, HEIGHT - PLOT.bottom];
  const rows = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const y = toY(part);
    const label = text(PLOT.left - 10, y + 4, `${part * 100} %`, 'class="muted" text-anchor="end"');
    return `<path class="grid" d="M${PLOT.left} ${y}H${right}"/>${label}`;
  });
  const step = pickStep(xMax);
  const columns = Array.from({ length: Math.floor(xMax / step + 0.001) + 1 }, (_, i) =>
    text(toX(i * step, xMax), bottom + 20, format(i * step), 'class="muted" text-anchor="middle"'),
  );
  const middle = (PLOT.left + right) / 2;
  return [...rows, ...columns, text(middle, HEIGHT - 10, xLabel, 'text-anchor="middle"')];
}

/** The largest round step that gives ticks enough: 1, 2 or 5 times a power of ten. */
function pickStep(xMax: number): number {
  const power = 10 ** Math.floor(Math.log10(xMax / MIN_X_TICKS));
  const factor = [5, 2, 1].find((factor) => factor * power <= xMax / MIN_X_TICKS) ?? 1;
  return factor * power;
}

function drawMark(name: string, x: number): string {
  const label = text(x + 5, HEIGHT - PLOT.bottom - 8, name, 'class="muted"');
  return `<path class="mark" d="M${x} ${PLOT.top}V${HEIGHT - PLOT.bottom}"/>${label}`;
}

function drawLine({ points }: ChartLine, index: number, xMax: number): string {
  const path = points.map(([x, y]) => `${toX(x, xMax)} ${toY(y)}`).join('L');
  const dash = DASHES[index % DASHES.length];
  return `<path class="line c${index}" stroke-dasharray="${dash}" d="M${path}"/>`;
}

export function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escape(content)}</text>`;
}

function toX(x: number, xMax: number): number {
  return round(PLOT.left + (Math.min(x, xMax) / xMax) * (WIDTH - PLOT.left - PLOT.right));
}

function toY(part: number): number {
  return round(HEIGHT - PLOT.bottom - part * (HEIGHT - PLOT.top - PLOT.bottom));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function format(value: number): string {
  return String(Number(value.toFixed(2)));
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
