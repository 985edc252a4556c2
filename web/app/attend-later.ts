import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { AttendedApp } from './attend-tab.ts';

/** Cards change some times a second, and a host that has lost the file need not be asked as often. */
const ASK_AGAIN_MS = 5_000;

/**
 * Has the tab attended to as soon as there is a card: before that there is nothing to attend to. The part of the page
 * that does it may not come; then it is asked for again when something changes later.
 */
export function attendLater(
  app: AttendedApp,
  clock: Pick<Clock, 'nowMs'>,
  attend: () => Promise<void>,
): void {
  let isAsking = false;
  let notBeforeMs = -Infinity;
  const ask = async (): Promise<void> => {
    isAsking = true;
    try {
      await attend();
      stop();
    } catch {
      notBeforeMs = clock.nowMs() + ASK_AGAIN_MS;
    }
    isAsking = false;
  };
  const stop = app.subscribe(() => {
    const isDue = !isAsking && clock.nowMs() >= notBeforeMs;
    if (isDue && app.state().cards.length > 0) void ask();
  });
}
