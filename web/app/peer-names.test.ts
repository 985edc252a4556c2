import { expect, test } from 'vitest';
import { PeerNames } from './peer-names.ts';

test('a browser keeps its number when it comes back; peers and volunteers are counted apart', () => {
  const names = new PeerNames();
  expect(names.number('peer', 'a')).toBe(1);
  expect(names.number('peer', 'b')).toBe(2);
  expect(names.number('volunteer', 'c')).toBe(1);
  expect(names.number('peer', 'a')).toBe(1);
  expect(names.number('peer', 'd')).toBe(3);
});

test('of thousands that come and go, those are forgotten that were not seen for longest', () => {
  const names = new PeerNames();
  names.number('peer', 'stays');
  for (let i = 0; i < 2_000; i += 1) {
    names.number('peer', `passes-${i}`);
    names.number('peer', 'stays');
  }
  expect(names.number('peer', 'stays')).toBe(1);
  expect(names.number('peer', 'passes-0')).toBe(2_002);
});
