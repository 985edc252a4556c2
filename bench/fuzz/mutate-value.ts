import type { Bytes } from '../../shared/share/bytes.ts';
import type { Random } from '../../shared/swarm/random.ts';
import { utf8 } from '../../shared/share/bytes.ts';
import { mutateBytes, pick } from './mutate-bytes.ts';

const MAX_CHANGES = 3;

/** What no field should be mistaken for. */
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  0.5,
  Number.NaN,
  Infinity,
  255,
  65_535,
  65_536,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  1e308,
  '',
  '0',
  'x'.repeat(10_000),
  '\u0000',
  '\ud800',
  '__proto__',
  [],
  {},
  [[]],
  [null],
  Object.freeze({ length: 3 }),
  JSON.parse('{"__proto__":{"polluted":1}}'),
  new Uint8Array(0),
  new Uint8Array(1),
  new Uint8Array(70_000),
  new Uint16Array(3),
  new ArrayBuffer(5),
  new Map([['ok', true]]),
  new Date(0),
  10n,
];
const ODD_KEYS = ['__proto__', 'constructor', 'toString', 'length', 'ok', 'type', 'extra', ''];

/** One to three changes somewhere in a tree of plain values, which stays as it was; parts are shared with the result. */
export function mutateValue(value: unknown, other: unknown, random: Random): unknown {
  let changed = value;
  const changeCount = 1 + random.below(MAX_CHANGES);
  for (let i = 0; i < changeCount; i += 1) changed = changeSomewhere(changed, other, random);
  return changed;
}

function changeSomewhere(value: unknown, other: unknown, random: Random): unknown {
  const keys = listKeys(value);
  if (keys.length === 0 || random.below(5) === 0) return changeHere(value, other, random);
  const key = pick(keys, random);
  const held = changeSomewhere(readKey(value, key), other, random);
  return withKey(value, key, held);
}

function changeHere(value: unknown, other: unknown, random: Random): unknown {
  switch (random.below(4)) {
    case 0:
      return pickOdd(random);
    case 1:
      return pickPart(other, random);
    default:
      return changeKind(value, random);
  }
}

function changeKind(value: unknown, random: Random): unknown {
  if (typeof value === 'number') return changeNumber(value, random);
  if (typeof value === 'string') return changeText(value, random);
  if (value instanceof Uint8Array) {
    const bytes = Uint8Array.from(value);
    return mutateBytes(bytes, bytes, random);
  }
  if (Array.isArray(value)) return changeList(value, random);
  if (isPlain(value)) return changeKeys(value, random);
  return [value];
}

function changeNumber(value: number, random: Random): number {
  return pick([value + 1, value - 1, -value, value * 2, value + 0.5, value * 2 ** 32], random);
}

function changeText(text: string, random: Random): string {
  const bytes: Bytes = utf8(text);
  return new TextDecoder().decode(mutateBytes(bytes, bytes, random));
}

function changeList(list: readonly unknown[], random: Random): unknown {
  const at = random.below(list.length + 1);
  switch (random.below(4)) {
    case 0:
      return list.toSpliced(at, 1);
    case 1:
      return list.toSpliced(at, 0, list[at] ?? pickOdd(random));
    case 2:
      return Array.from(
        { length: Math.min(300, list.length * 40) },
        (_, i) => list[i % list.length],
      );
    default:
      return Object.fromEntries(list.entries());
  }
}

function changeKeys(value: Readonly<Record<string, unknown>>, random: Random): unknown {
  const keys = Object.keys(value);
  const key = keys[random.below(keys.length + 1)];
  if (key === undefined || random.below(2) === 0) {
    return withKey(value, pick(ODD_KEYS, random), pickOdd(random));
  }
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

/** `undefined` is what stands behind the last. */
function pickOdd(random: Random): unknown {
  return ODD_VALUES[random.below(ODD_VALUES.length + 1)];
}

/** Some part of a value, or all of it. */
function pickPart(value: unknown, random: Random): unknown {
  const keys = listKeys(value);
  if (keys.length === 0 || random.below(3) === 0) return value;
  return pickPart(readKey(value, pick(keys, random)), random);
}

function listKeys(value: unknown): readonly string[] {
  return Array.isArray(value) || isPlain(value) ? Object.keys(value) : [];
}

function readKey(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isPlain(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function withKey(value: unknown, key: string, held: unknown): unknown {
  if (Array.isArray(value)) return value.with(Number(key), held);
  const entries = Object.entries(isPlain(value) ? value : {}).filter(([name]) => name !== key);
  // Not by assignment or in a literal: there the key `__proto__` would set the prototype.
  return Object.fromEntries([...entries, [key, held]]);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
