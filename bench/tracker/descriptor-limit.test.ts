import { expect, test } from 'vitest';
import { explainDescriptorLimit, readDescriptorLimit } from './descriptor-limit.ts';

test('a limit that is too low is told in one sentence, with what would do', () => {
  expect(explainDescriptorLimit(5000, 1024)).toBe(
    '5000 peers need 5200 open files in one process, but only 1024 are allowed: raise it with ulimit -n 5200, or choose fewer with --peers 824.',
  );
});

test('a limit that is high enough is no matter', () => {
  expect(explainDescriptorLimit(5000, 5200)).toBeUndefined();
  expect(explainDescriptorLimit(5000, Number.POSITIVE_INFINITY)).toBeUndefined();
});

test('this system has a limit', () => {
  expect(readDescriptorLimit()).toBeGreaterThan(0);
});
