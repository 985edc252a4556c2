import type { Bytes } from '../../shared/share/bytes.ts';
import type { Random } from '../../shared/swarm/random.ts';
import { utf8 } from '../../shared/share/bytes.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateValue } from './mutate-value.ts';
import { readText } from './read-text.ts';

/** Changes what a JSON text says rather than its letters. */
export function mutateJson(input: Bytes, other: Bytes, random: Random): Bytes {
  const value = mutateValue(readJson(input), readJson(other), random);
  const text = stringify(value);
  return text === undefined ? mutateBytes(input, other, random) : utf8(text);
}

/** Undefined for what is no JSON. */
export function readJson(bytes: Bytes): unknown {
  try {
    return JSON.parse(readText(bytes));
  } catch {
    return undefined;
  }
}

/** Undefined for what JSON cannot say. */
function stringify(value: unknown): string | undefined {
  return JSON.stringify(value, (_, held: unknown) => {
    if (typeof held === 'bigint') return Number(held);
    return ArrayBuffer.isView(held) ? {} : held;
  });
}
