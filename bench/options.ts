import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly repeats: number;
  /** 10^6 bytes of the file that is moved. */
  readonly megabytes: number;
}

const DEFAULT_REPEATS = 5;

/** Reads `--repeats 5 --megabytes 96`; undefined where it is anything else. */
export function readOptions(
  args: readonly string[],
  defaults: Partial<BenchOptions>,
): BenchOptions | undefined {
  const values = parseStrings(args);
  if (values === undefined) return undefined;
  const repeats = readCount(values.repeats, defaults.repeats ?? DEFAULT_REPEATS);
  const megabytes = readCount(values.megabytes, defaults.megabytes ?? 0);
  if (repeats === undefined || megabytes === undefined) return undefined;
  return { repeats, megabytes };
}

function parseStrings(
  args: readonly string[],
): { repeats?: string | undefined; megabytes?: string | undefined } | undefined {
  try {
    return parseArgs({
      args: [...args],
      options: { repeats: { type: 'string' }, megabytes: { type: 'string' } },
    }).values;
  } catch {
    return undefined;
  }
}

function readCount(text: string | undefined, fallback: number): number | undefined {
  if (text === undefined) return fallback;
  return /^[1-9]\d{0,5}$/u.test(text) ? Number(text) : undefined;
}
