import { MAX_RETRY_AFTER_MS } from '../../shared/tracker/limits.ts';

/** What a restart takes: whoever came sooner would find nobody. */
const RESTART_MS = 1000;
const SHORTEST_SPREAD_MS = 4000;
/** Time for one connection and the announces that follow it, with ten times as much to spare. */
const SPREAD_PER_SOCKET_MS = 5;

/** When one of so many clients is to come again, in milliseconds: the more there are the wider they are spread. */
export function computeReturnDelayMs(socketCount: number, random: () => number): number {
  const spreadMs = Math.max(SHORTEST_SPREAD_MS, socketCount * SPREAD_PER_SOCKET_MS);
  return Math.round(RESTART_MS + random() * Math.min(MAX_RETRY_AFTER_MS - RESTART_MS, spreadMs));
}
