import type { Clock } from '../../shared/swarm/ports/clock.ts';

/** A clock on which a second goes by whenever somebody looks: nothing has to be waited for. */
export function createHastyClock(): Clock {
  let nowMs = 0;
  return {
    nowMs: () => (nowMs += 1000),
    schedule(_, callback) {
      queueMicrotask(callback);
      return () => {};
    },
  };
}
