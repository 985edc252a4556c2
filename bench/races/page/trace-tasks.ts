import type { Page } from 'playwright-core';
import * as v from 'valibot';

const traceSchema = v.object({
  traceEvents: v.array(
    v.object({
      name: v.string(),
      pid: v.number(),
      tid: v.number(),
      /** Microseconds by the clock, and on the processor. */
      dur: v.optional(v.number()),
      tdur: v.optional(v.number()),
      args: v.optional(v.object({ name: v.optional(v.unknown()) })),
    }),
  ),
});

export type TraceEvents = v.InferOutput<typeof traceSchema>['traceEvents'];

/**
 * Follows a page's tasks from now on. What it returns gives how long one was on the processor at most: a task that
 * waits for a core goes on by the clock.
 */
export async function traceTasks(page: Page): Promise<() => Promise<number>> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has no browser of its own');
  await browser.startTracing(page, { categories: ['toplevel'] });
  return async () => {
    const trace: unknown = JSON.parse((await browser.stopTracing()).toString());
    return computeLongestOnCoreMs(v.parse(traceSchema, trace).traceEvents);
  };
}

/** Of the main thread that does most: the others are of pages that are not shown. */
export function computeLongestOnCoreMs(events: TraceEvents): number {
  const isMain = (event: TraceEvents[number]): boolean =>
    event.name === 'thread_name' && event.args?.name === 'CrRendererMain';
  const threads = events.filter(isMain).map(({ pid, tid }) => {
    const tasks = events.filter(
      (event) =>
        event.pid === pid && event.tid === tid && event.name === 'ThreadControllerImpl::RunTask',
    );
    let [totalMs, longestMs] = [0, 0];
    for (const { tdur = 0 } of tasks) {
      totalMs += tdur / 1_000;
      longestMs = Math.max(longestMs, tdur / 1_000);
    }
    return { totalMs, longestMs };
  });
  return threads.toSorted((a, b) => b.totalMs - a.totalMs)[0]?.longestMs ?? Number.NaN;
}
