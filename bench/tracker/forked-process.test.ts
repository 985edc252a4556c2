import { expect, test } from 'vitest';
import { ForkedProcess } from './forked-process.ts';

test('a process that ends before it has answered is told with what it wrote', async () => {
  const failed = new ForkedProcess('bench/tracker/no-such-script.ts');
  await expect(failed.readOutput(/ready/u)).rejects.toThrow('no-such-script.ts');
});
