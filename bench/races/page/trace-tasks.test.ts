import { expect, test } from 'vitest';
import { computeLongestOnCoreMs } from './trace-tasks.ts';

const TASK = 'ThreadControllerImpl::RunTask';

test('the longest task on the processor is that of the busiest main thread, whatever the clock says', () => {
  const names = [
    { name: 'thread_name', pid: 1, tid: 1, args: { name: 'CrRendererMain' } },
    { name: 'thread_name', pid: 2, tid: 1, args: { name: 'CrRendererMain' } },
    { name: 'thread_name', pid: 2, tid: 2, args: { name: 'Compositor' } },
  ];
  const tasks = [
    { name: TASK, pid: 1, tid: 1, dur: 40_000, tdur: 12_000 },
    { name: TASK, pid: 2, tid: 1, dur: 90_000, tdur: 8_000 },
    { name: TASK, pid: 2, tid: 1, dur: 11_000, tdur: 10_500 },
    { name: TASK, pid: 2, tid: 2, dur: 70_000, tdur: 70_000 },
    { name: 'Paint', pid: 2, tid: 1, dur: 60_000, tdur: 60_000 },
  ];
  expect(computeLongestOnCoreMs([...names, ...tasks])).toBe(10.5);
  expect(computeLongestOnCoreMs(names.slice(2))).toBeNaN();
});
