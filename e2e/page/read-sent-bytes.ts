const UNITS: Readonly<Record<string, number>> = {
  byte: 1,
  bytes: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
};

/** Bytes that a card says its tab has sent to others; 0 where it says nothing of it. */
export function readSentBytes(cardText: string): number {
  const [, amount, unit] = / ([\d.]+) (\w+) sent\b/.exec(cardText) ?? [];
  return Number(amount ?? 0) * (UNITS[unit ?? 'byte'] ?? Number.NaN);
}
