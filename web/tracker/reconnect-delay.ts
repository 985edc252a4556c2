export interface ReconnectPace {
  /** The first attempt comes within this time. */
  readonly firstMs: number;
  readonly maxMs: number;
}

/** The first attempts come soon, for a tracker that restarts; later ones are rare, for one that stays away. */
export const RECONNECT_PACE: ReconnectPace = { firstMs: 4000, maxMs: 60_000 };

/**
 * Milliseconds until the next attempt after so many in vain: any part of a time that doubles. Pages that lost their
 * tracker at the same moment come back evenly spread. (Socket.IO's own delays end at one value that all share.)
 */
export function computeReconnectDelayMs(
  failures: number,
  { firstMs, maxMs }: ReconnectPace,
  random: () => number,
): number {
  return random() * Math.min(maxMs, firstMs * 2 ** failures);
}
