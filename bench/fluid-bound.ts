export interface FluidSwarm {
  readonly fileBytes: number;
  readonly sharerUpBytesPerSecond: number;
  /** Uplink and downlink of every leecher. */
  readonly leechers: readonly {
    readonly upBytesPerSecond: number;
    readonly downBytesPerSecond: number;
  }[];
}

/**
 * Seconds until the last leecher can have the file when all begin together and bytes flow like a fluid (Kumar and
 * Ross 2006): the sharer must send it once, the slowest must take it once, and all uplinks together must carry it to everybody.
 */
export function computeFluidBoundS(swarm: FluidSwarm): number {
  const { fileBytes, sharerUpBytesPerSecond, leechers } = swarm;
  const slowestDown = Math.min(...leechers.map(({ downBytesPerSecond }) => downBytesPerSecond));
  const allUp = leechers.reduce((sum, { upBytesPerSecond }) => sum + upBytesPerSecond, 0);
  return Math.max(
    fileBytes / sharerUpBytesPerSecond,
    fileBytes / slowestDown,
    (leechers.length * fileBytes) / (sharerUpBytesPerSecond + allUp),
  );
}
