import type { BenchLines } from './bench-lines.ts';
import { computeSpread } from '../statistics.ts';
import { drawBarChart } from './bar-chart.ts';

/** Each contestant with the figures of which the best in a repeat counts: of ours there is one, the median run. */
const CONTESTANTS = [
  { name: 'raw data channel', figures: /^raw\d+KiBMBps$/u, isOurs: false },
  { name: 'Peerify', figures: /^oursMedianMBps$/u, isOurs: true },
  { name: 'WebTorrent 3', figures: /^webtorrent(?:Memory|Opfs)MBps$/u, isOurs: false },
  { name: 'WebTorrent 2.8', figures: /^webtorrent28(?:Memory|Opfs)MBps$/u, isOurs: false },
] as const;

/** Goodput of one pair, from the first byte to the last one verified. */
export function drawPair({ megabytes, rows }: BenchLines): string {
  const bars = CONTESTANTS.flatMap(({ name, figures, isOurs }) => {
    const best = rows.map((row) =>
      Math.max(...Object.keys(row).flatMap((key) => (figures.test(key) ? [row[key] ?? 0] : []))),
    );
    const ran = best.filter(Number.isFinite);
    return ran.length === 0 ? [] : [{ name, isOurs, spread: computeSpread(ran) }];
  });
  return drawBarChart({
    title: 'One pair: goodput',
    subtitle: `${megabytes} MB on one machine; ${rows.length} repeats, median and spread: rivals’ best runs, Peerify’s median run`,
    unit: 'MB/s',
    bars,
  });
}
