import { describe, expect, test } from 'vitest';
import type { ChartPlan } from './line-chart.ts';
import { drawLineChart } from './line-chart.ts';

const PLAN: ChartPlan = {
  title: 'A & B',
  subtitle: '<both>',
  xLabel: 'time ÷ bound',
  xMax: 2,
  lines: [
    {
      name: 'one',
      points: [
        [0, 0],
        [1, 1],
      ],
    },
    {
      name: 'two',
      points: [
        [0, 0],
        [3, 0.5],
      ],
    },
  ],
  marks: [{ name: 'bound', x: 1 }],
};

describe('line chart', () => {
  test('lines run from the axes’ origin to where their points are, and end at the frame', () => {
    const paths = [...drawLineChart(PLAN).matchAll(/class="line c(\d)"[^>]* d="(M[^"h]*)"/gu)];
    expect(paths.map(([, index, path]) => [index, path])).toEqual([
      ['0', 'M64 368L400 92'],
      ['1', 'M64 368L736 230'],
    ]);
  });

  test.each([
    [2, ['0', '0.2', '0.4']],
    [1.3, ['0', '0.2', '0.4']],
    [30, ['0', '5', '10']],
  ])('ticks of an axis to %d are round', (xMax, first) => {
    const svg = drawLineChart({ ...PLAN, xMax });
    const ticks = [...svg.matchAll(/text-anchor="middle">([\d.]+)</gu)].map(([, tick]) => tick);
    expect(ticks.slice(0, 3)).toEqual(first);
  });

  test('text is text, whatever is in it', () => {
    const svg = drawLineChart(PLAN);
    expect(svg).toContain('A &amp; B');
    expect(svg).toContain('&lt;both>');
    expect(svg.match(/<text/gu)?.length).toBe(svg.match(/<\/text>/gu)?.length);
  });

  test('has colours for light and for dark pages', () => {
    expect(drawLineChart(PLAN)).toContain('prefers-color-scheme: dark');
  });

  test('the same plan gives the same text', () => {
    expect(drawLineChart(PLAN)).toBe(drawLineChart(PLAN));
  });
});
