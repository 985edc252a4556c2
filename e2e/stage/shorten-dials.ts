import type { BrowserContext } from 'playwright-core';
import { DIAL_TIMEOUT_MS } from '../../shared/swarm/limits.ts';

const SHORT_DIAL_MS = 4_000;

/** Makes pages that are opened from now on give up a dial that leads nowhere after a fifth of the time. */
export async function shortenDials(context: BrowserContext): Promise<void> {
  await context.addInitScript(
    ({ dialMs, shortMs }) => {
      const wait: (task: TimerHandler, delayMs?: number, ...rest: unknown[]) => number =
        window.setTimeout.bind(window);
      Object.defineProperty(window, 'setTimeout', {
        value: (task: TimerHandler, delayMs?: number, ...rest: unknown[]) =>
          wait(task, delayMs === dialMs ? shortMs : delayMs, ...rest),
      });
    },
    { dialMs: DIAL_TIMEOUT_MS, shortMs: SHORT_DIAL_MS },
  );
}
