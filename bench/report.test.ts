import { expect, test } from 'vitest';
import { rotateArms } from './report.ts';

test('each repeat begins with another arm and leaves none out', () => {
  const orders = [0, 1, 2, 3].map((repeat) => rotateArms(['a', 'b', 'c'], repeat).join(''));
  expect(orders).toEqual(['abc', 'bca', 'cab', 'abc']);
});
