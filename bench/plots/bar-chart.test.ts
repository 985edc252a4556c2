import { expect, test } from 'vitest';
import { drawBarChart } from './bar-chart.ts';

const bars = [
  { name: 'raw', spread: { median: 20, min: 18, max: 25 }, isOurs: false },
  { name: 'ours', spread: { median: 10, min: 10, max: 10 }, isOurs: true },
];
const picture = drawBarChart({ title: 'A title', subtitle: 'how', unit: 'MB/s', bars });

test('bars are as long as their medians', () => {
  const widths = [...picture.matchAll(/<rect class="bar[^"]*" x="\d+" y="\d+" width="([\d.]+)"/gu)];
  const [raw, ours] = widths.map(([, width]) => Number(width));
  expect(raw).toBeCloseTo((ours ?? 0) * 2);
});

test('each bar says its name, its median and its spread', () => {
  expect(picture).toContain('>raw<');
  expect(picture).toContain('>20.0 MB/s (18.0 to 25.0)<');
  expect(picture).toContain('class="bar ours"');
});
