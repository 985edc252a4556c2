import { expect, test } from 'vitest';
import { readBenchLines } from './bench-lines.ts';
import { drawSwarm } from './swarm-plot.ts';

const content = [
  'npm says something',
  '{"repeat":0,"arm":"ours","curve":[[0,0],[15,0.5],[30,1]]}',
  '{"repeat":0,"boundS":24,"oursS":30}',
  '{"repeat":1,"arm":"ours","curve":[[0,0],[16,0.5],[31,1]]}',
  '{"repeat":1,"boundS":24,"oursS":31}',
  '{"bench":"swarm","repeats":2,"megabytes":24,"median":{"boundS":24}}',
].join('\n');

test('rows, curves and the summary are told apart', () => {
  const lines = readBenchLines(content);
  expect(lines?.bench).toBe('swarm');
  expect(lines?.megabytes).toBe(24);
  expect(lines?.rows).toHaveLength(2);
  expect(lines?.curves.map(({ arm }) => arm)).toEqual(['ours', 'ours']);
});

test('without a summary there is nothing to draw', () => {
  expect(readBenchLines('{"repeat":0,"boundS":24}')).toBeUndefined();
});

test('a swarm is drawn with the run in the middle and the bound', () => {
  const lines = readBenchLines(content);
  const picture = lines && drawSwarm(lines);
  expect(picture).toContain('>Peerify, 30 s<');
  expect(picture).toContain('>fluid bound, 24 s<');
});
