import { expect, test, vi } from 'vitest';

import { SerialQueue } from './serial-queue.ts';

test('tasks run one at a time, in order, and a failure stops none after it', async () => {
  const failures: unknown[] = [];
  const queue = new SerialQueue((error) => failures.push(error));
  const trace: string[] = [];
  let open: (() => void) | undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  queue.add(async () => {
    trace.push('first starts');
    await gate;
    trace.push('first ends');
    throw new Error('first');
  });
  queue.add(async () => void trace.push('second'));
  expect(queue.length).toBe(2);
  await vi.waitFor(() => expect(trace).toEqual(['first starts']));
  open?.();
  await vi.waitFor(() => expect(queue.length).toBe(0));
  expect(trace).toEqual(['first starts', 'first ends', 'second']);
  expect(failures).toEqual([new Error('first')]);
});
