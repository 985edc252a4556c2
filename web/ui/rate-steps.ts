const KB = 1_000;
const MB = 1_000_000;

/** Rates that are offered, in bytes a second. */
export const RATE_STEPS: readonly number[] = [
  100 * KB,
  250 * KB,
  500 * KB,
  MB,
  2 * MB,
  5 * MB,
  10 * MB,
];

export const RATE_UNITS: readonly number[] = [KB, MB];

/** What was typed, in bytes a second; undefined for what is no rate. At least one kilobyte: with less nothing moves. */
export function readRate(amount: string, unitBytes: number): number | undefined {
  const bytesPerSecond = Math.round(Number(amount) * unitBytes);
  return Number.isFinite(bytesPerSecond) && bytesPerSecond >= KB ? bytesPerSecond : undefined;
}

/** How a rate is written in a field for a number: in megabytes where that is short. */
export function splitRate(bytesPerSecond: number): { amount: string; unitBytes: number } {
  const unitBytes = bytesPerSecond >= MB ? MB : KB;
  return { amount: String(bytesPerSecond / unitBytes), unitBytes };
}
