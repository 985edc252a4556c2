import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly repeats: number;
  /** 10^6 bytes of the file that is moved. */
  readonly megabytes: number;
  /** The arms to run, where not all. */
  readonly only?: readonly string[];
}

const DEFAULT_REPEATS = 5;

/** Reads `--repeats 5 --megabytes 96 --only ours,killed`; undefined where it is anything else. */
export function readOptions(
  args: readonly string[],
  defaults: Partial<BenchOptions>,
): BenchOptions | undefined {
  const values = parseStrings(args);
  if (values === undefined) return undefined;
  const repeats = readCount(values.repeats, defaults.repeats ?? DEFAULT_REPEATS);
  const megabytes = readCount(values.megabytes, defaults.megabytes ?? 0);
  if (repeats === undefined || megabytes === undefined) return undefined;
  const only = values.only?.split(',');
  return { repeats, megabytes, ...(only === undefined ? {} : { only }) };
}

interface Strings {
  readonly repeats?: string | undefined;
  readonly megabytes?: string | undefined;
  readonly only?: string | undefined;
}

function parseStrings(args: readonly string[]): Strings | undefined {
  try {
    return parseArgs({
      args: [...args],
      options: {
        repeats: { type: 'string' },
        megabytes: { type: 'string' },
        only: { type: 'string' },
      },
    }).values;
  } catch {
    return undefined;
  }
}

function readCount(text: string | undefined, fallback: number): number | undefined {
  if (text === undefined) return fallback;
  return /^[1-9]\d{0,5}$/u.test(text) ? Number(text) : undefined;
}
