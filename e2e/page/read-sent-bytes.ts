const UNITS: Readonly<Record<string, number>> = {
  byte: 1,
  bytes: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
};

/** "403 kB" as a number. */
export function readBytes(text: string): number {
  const [, amount, unit] = /^([\d.]+) (\w+)$/u.exec(text.trim().replace(/\s+/gu, ' ')) ?? [];
  return Number(amount ?? Number.NaN) * (UNITS[unit ?? ''] ?? Number.NaN);
}

/** Bytes that a card says its tab has sent to others; 0 where it says nothing of it. */
export function readSentBytes(cardText: string): number {
  const [, amount, unit] = / ([\d.]+) (\w+) sent\b/.exec(cardText) ?? [];
  return Number(amount ?? 0) * (UNITS[unit ?? 'byte'] ?? Number.NaN);
}
