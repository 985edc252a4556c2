import type { BenchLines, CurveLine } from './bench-lines.ts';
import { drawLineChart } from '../simulator/line-chart.ts';
import { computeMedian } from '../statistics.ts';

const ARMS = [
  { arm: 'ours', name: 'Peerify' },
  { arm: 'webtorrentRarest', name: 'WebTorrent rarest' },
  { arm: 'webtorrentDefault', name: 'WebTorrent' },
] as const;

const AXIS_PARTS = 6;

/** How much of the file the four leechers held together over time; of each arm the run in the middle. */
export function drawSwarm({ megabytes, rows, curves }: BenchLines): string {
  const boundS = computeMedian(
    rows.flatMap(({ boundS }) => (boundS === undefined ? [] : [boundS])),
  );
  const drawn = ARMS.flatMap(({ arm, name }) => {
    const points = findMiddle(curves.filter((line) => line.arm === arm));
    return points === undefined ? [] : [{ name, points }];
  });
  const lines = [...drawn, { name: 'fluid bound', points: drawBound(boundS) }];
  const endS = Math.max(...lines.map(({ points }) => findEnd(points)));
  return drawLineChart({
    title: 'One sharer, four downloads: what the four hold',
    subtitle: `${megabytes} MB; every host 8 Mbit/s up, 80 down; all four start together`,
    xLabel: 'seconds',
    xMax: computeAxis(endS),
    lines: lines.map(({ name, points }) => ({
      name: `${name}, ${findEnd(points).toFixed(0)} s`,
      points,
    })),
    marks: [],
  });
}

function drawBound(boundS: number): CurveLine['curve'] {
  return [
    [0, 0],
    [boundS, 1],
  ];
}

/** The axis has six parts, each of a round number of seconds. */
function computeAxis(endS: number): number {
  const part = endS / AXIS_PARTS;
  const scale = 10 ** Math.floor(Math.log10(part));
  const round = [1, 2, 5, 10].find((digit) => digit * scale >= part) ?? 10;
  return round * scale * AXIS_PARTS;
}

function findMiddle(lines: readonly CurveLine[]): CurveLine['curve'] | undefined {
  const sorted = lines.map(({ curve }) => curve).toSorted((a, b) => findEnd(a) - findEnd(b));
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

function findEnd(points: CurveLine['curve']): number {
  return points.at(-1)?.[0] ?? 0;
}
