const UNITS = ['kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, as file managers on most systems show them: "0 bytes", "1 byte", "12.4 MB", "318 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${Math.max(0, Math.floor(bytes))} bytes`;
  let amount = bytes;
  let unit = '';
  for (const next of UNITS) {
    amount /= 1000;
    unit = next;
    // 999.95 would be rounded to "1000.0", so it already belongs to the next unit.
    if (amount < 999.5) break;
  }
  return `${amount < 99.95 ? amount.toFixed(1) : amount.toFixed(0)} ${unit}`;
}

/** "3.2 MB/s"; anything below a byte a second is "0 bytes/s". */
export function formatSpeed(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** "about 2 min left", of a duration as below. Empty while the time is not known. */
export function formatTimeLeft(secondsLeft: number | undefined): string {
  const duration = formatDuration(secondsLeft);
  return duration === '' ? '' : `${duration} left`;
}

/**
 * "about 2 min": rounded up, and coarse enough not to flicker while the speed wavers.
 * Empty while the time is not known.
 */
export function formatDuration(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds)) return '';
  if (seconds <= 5) return 'a few seconds';
  const tens = Math.ceil(seconds / 10) * 10;
  if (tens < 60) return `about ${tens} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `about ${minutes} min`;
  const hours = Math.ceil(seconds / 3600);
  if (hours <= 24) return `about ${hours} h`;
  return 'more than a day';
}

/** "42 %". Rounded down by the caller: 100 is for what is complete. */
export function formatPercent(percent: number): string {
  return `${percent} %`;
}

/** "1 peer", "3 peers", "1,204 files". */
export function formatCount(count: number, one: string, several: string): string {
  return count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${several}`;
}
