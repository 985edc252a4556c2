import { currentLanguage } from './words/catalogue.ts';
import { writeNumber } from './words/numbers.ts';
import { isolate } from './words/sentences.ts';

const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Decimal units, as file managers on most systems show them: "0 bytes", "1 byte", "12.4 MB", "318 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return writeUnit(Math.max(0, Math.floor(bytes)), 'byte', 'long');
  return writeScaled(bytes, '');
}

/** Three digits whatever comes before the point, for amounts that are compared: "1.23 MB", "12.3 MB". */
export function formatBytesClosely(bytes: number): string {
  return bytes < 1000 ? formatBytes(bytes) : writeScaled(bytes, '', 3);
}

/** "3.2 MB/s"; anything below a kilobyte a second in parts of that. */
export function formatSpeed(bytesPerSecond: number): string {
  return writeScaled(bytesPerSecond, '-per-second');
}

function writeScaled(bytes: number, perTime: '' | '-per-second', digitsBelowTen = 2): string {
  let amount = bytes;
  let unit = '';
  for (const next of UNITS) {
    amount /= 1000;
    unit = next;
    // 999.95 would be rounded to "1000.0", so it already belongs to the next unit.
    if (amount < 999.5) break;
  }
  const fractionDigits = amount < 9.995 ? digitsBelowTen - 1 : amount < 99.95 ? 1 : 0;
  return writeUnit(amount, unit + perTime, 'short', fractionDigits);
}

/** "42%". Rounded down by the caller: 100 is for what is complete. */
export function formatPercent(percent: number): string {
  return writeNumber(currentLanguage(), percent / 100, { style: 'percent' });
}

/** "512 MB", "2 GB": what is round stays without a fraction. */
export function formatRoundBytes(bytes: number, perTime: '' | '-per-second' = ''): string {
  const unit = UNITS.findLast((_, power) => bytes >= 1000 ** (power + 1)) ?? 'kilobyte';
  return writeUnit(bytes / 1000 ** (UNITS.indexOf(unit) + 1), unit + perTime);
}

/** `unit` as Intl names it; whole numbers unless told. */
export function writeUnit(
  amount: number,
  unit: string,
  unitDisplay: 'short' | 'long' = 'short',
  fractionDigits = 0,
): string {
  const language = currentLanguage();
  const text = writeNumber(language, amount, {
    style: 'unit',
    unit,
    unitDisplay,
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  });
  // "3.0 MB" would stand there as "MB 3.0" in Hebrew.
  return isolate(language, text);
}
