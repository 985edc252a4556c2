import type { CrowdReport } from './crowd-report.ts';
import type { CrowdResult, CrowdSample } from './crowd-run.ts';
import { drawLineChart } from './line-chart.ts';

/** How far the crowd was when, as SVG text. */
export function drawCrowd(name: string, report: CrowdReport, result: CrowdResult): string {
  const { samples, boundMs } = result;
  const line = (pick: (sample: CrowdSample) => number) =>
    samples.map((sample): [number, number] => [sample.atMs / boundMs, pick(sample)]);
  const xMax = Math.max(1.2, Math.ceil((result.endedAtMs / boundMs) * 10) / 10);
  return drawLineChart({
    title: `${name}: how far everybody is`,
    subtitle: `${report.peers} downloads of ${report.pieces} pieces; the fluid bound is ${report.boundSeconds.toFixed(1)} s`,
    xLabel: 'time ÷ fluid bound',
    xMax,
    lines: [
      { name: 'pieces held', points: line(({ heldPart }) => heldPart) },
      { name: 'downloads complete', points: line(({ completePart }) => completePart) },
    ],
    marks: [{ name: 'fluid bound', x: 1 }],
  });
}
