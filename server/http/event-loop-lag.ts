import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 20;

export interface EventLoopLag {
  /** The longest pause since it was asked for last. */
  takeMs: () => number;
  stop: () => void;
}

export function watchEventLoop(): EventLoopLag {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return {
    takeMs: () => {
      const lagMs = Math.max(0, histogram.max / 1e6 - RESOLUTION_MS);
      histogram.reset();
      return lagMs;
    },
    stop: () => histogram.disable(),
  };
}
