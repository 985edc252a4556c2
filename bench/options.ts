import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly repeats: number;
  /** 10^6 bytes of the file that is moved. */
  readonly megabytes: number;
  /** The arms to run, where not all. */
  readonly only?: readonly string[];
  /** Of plots: the file of JSON lines, and the picture's. */
  readonly from?: string;
  readonly to?: string;
  /** Of simulations: which, how many peers, and from which seed on. */
  readonly scenario?: string;
  readonly peers?: number;
  readonly seed?: number;
  /** Of random swarms: how many, from which seed on. */
  readonly count?: number;
  readonly first?: number;
  /** Of loads: how long. */
  readonly seconds?: number;
}

/** The command cannot be meant so; told without a stack. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

const COUNT_NAMES = ['peers', 'seed', 'count', 'first', 'seconds'] as const;
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
  const counts: Partial<Record<(typeof COUNT_NAMES)[number], number>> = {};
  for (const name of COUNT_NAMES) {
    if (values[name] === undefined) continue;
    const count = readCount(values[name], 0);
    if (count === undefined) return undefined;
    counts[name] = count;
  }
  const { scenario, from, to } = values;
  return {
    repeats,
    megabytes,
    ...(only === undefined ? {} : { only }),
    ...(scenario === undefined ? {} : { scenario }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...counts,
  };
}

/**
 * Those of the known that were named, all where none was.
 * @throws OptionError where one is named that is not known
 */
export function pickNames<Name extends string>(
  known: readonly Name[],
  named: readonly string[] | undefined,
): readonly Name[] {
  const unknown = named?.filter((name) => !known.some((other) => other === name)) ?? [];
  if (unknown.length > 0) {
    throw new OptionError(`there is no ${unknown.join(', ')} among ${known.join(', ')}`);
  }
  return known.filter((name) => named?.includes(name) ?? true);
}

type OptionName =
  | 'repeats'
  | 'megabytes'
  | 'only'
  | 'scenario'
  | 'from'
  | 'to'
  | (typeof COUNT_NAMES)[number];
type Strings = Partial<Record<OptionName, string | undefined>>;

function parseStrings(args: readonly string[]): Strings | undefined {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        repeats: text,
        megabytes: text,
        only: text,
        scenario: text,
        from: text,
        to: text,
        peers: text,
        seed: text,
        count: text,
        first: text,
        seconds: text,
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
