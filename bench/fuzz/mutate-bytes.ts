import type { Bytes } from '../../shared/share/bytes.ts';
import type { Random } from '../../shared/swarm/random.ts';
import { concatBytes } from '../../shared/share/bytes.ts';

const MAX_CHANGES = 4;
const MAX_CHUNK_LENGTH = 64;
/** Above the largest input of any decoder but the index, a frame of 132 KiB. */
const MAX_EXTENSION_LENGTH = 140_000;
const EDGE_BYTES = [0, 1, 0x7f, 0x80, 0xff];
const EDGE_NUMBERS = [
  0n,
  1n,
  2n,
  0x7fn,
  0xffn,
  0x100n,
  0x7fffn,
  0xffffn,
  0x1_0000n,
  0x7fff_ffffn,
  0x8000_0000n,
  0xffff_ffffn,
  2n ** 38n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 63n,
  2n ** 64n - 1n,
];

/** One to four changes. `interesting` are byte strings that mean something to the decoder. */
export function mutateBytes(
  input: Bytes,
  other: Bytes,
  random: Random,
  interesting: readonly Bytes[] = [],
): Bytes {
  let bytes = input;
  const changeCount = 1 + random.below(random.below(MAX_CHANGES) + 1);
  for (let i = 0; i < changeCount; i += 1) {
    const change = pick(CHANGES, random);
    bytes = change(bytes, random, other, interesting);
  }
  return bytes;
}

export function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

type Change = (bytes: Bytes, random: Random, other: Bytes, interesting: readonly Bytes[]) => Bytes;

function flipBit(bytes: Bytes, random: Random): Bytes {
  return changeByte(bytes, random, (byte) => byte ^ (1 << random.below(8)));
}

function setEdgeByte(bytes: Bytes, random: Random): Bytes {
  return changeByte(bytes, random, () => pick(EDGE_BYTES, random));
}

function setAnyByte(bytes: Bytes, random: Random): Bytes {
  return changeByte(bytes, random, () => random.below(256));
}

/** A number of 1, 2, 4 or 8 bytes becomes an edge value, or one more or less than it was. */
function setNumber(bytes: Bytes, random: Random): Bytes {
  const width = pick([1, 2, 4, 8], random);
  if (bytes.byteLength < width) return bytes;
  const changed = bytes.slice();
  const at = random.below(bytes.byteLength - width + 1);
  const former = changed.subarray(at, at + width);
  let value = 0n;
  for (const byte of former) value = (value << 8n) | BigInt(byte);
  const next = random.below(3) === 0 ? value + pick([1n, -1n], random) : pick(EDGE_NUMBERS, random);
  for (let i = 0; i < width; i += 1) {
    changed[at + i] = Number(BigInt.asUintN(8, next >> BigInt(8 * (width - 1 - i))));
  }
  return changed;
}

function truncate(bytes: Bytes, random: Random): Bytes {
  const kept = random.below(bytes.byteLength + 1);
  return random.below(4) === 0 ? bytes.slice(bytes.byteLength - kept) : bytes.slice(0, kept);
}

function dropLastBytes(bytes: Bytes, random: Random): Bytes {
  return bytes.slice(0, Math.max(0, bytes.byteLength - 1 - random.below(4)));
}

/** By a few bytes mostly, and rarely by more than anything may be long. */
function extend(bytes: Bytes, random: Random): Bytes {
  const isLong = random.below(500) === 0;
  const length = 1 + random.below(isLong ? MAX_EXTENSION_LENGTH : MAX_CHUNK_LENGTH);
  const filler = random.below(256);
  const extension = new Uint8Array(length).fill(filler);
  if (!isLong && random.below(2) === 0) {
    for (let i = 0; i < length; i += 1) extension[i] = random.below(256);
  }
  return concatBytes(bytes, extension);
}

function duplicateChunk(bytes: Bytes, random: Random): Bytes {
  const [start, end] = pickChunk(bytes, random);
  return concatBytes(bytes.subarray(0, end), bytes.subarray(start));
}

function dropChunk(bytes: Bytes, random: Random): Bytes {
  const [start, end] = pickChunk(bytes, random);
  return concatBytes(bytes.subarray(0, start), bytes.subarray(end));
}

function swapChunks(bytes: Bytes, random: Random): Bytes {
  const [start, end] = pickChunk(bytes, random);
  const middle = start + Math.floor((end - start) / 2);
  return concatBytes(
    bytes.subarray(0, start),
    bytes.subarray(middle, end),
    bytes.subarray(start, middle),
    bytes.subarray(end),
  );
}

function splice(bytes: Bytes, random: Random, other: Bytes): Bytes {
  const head = bytes.subarray(0, random.below(bytes.byteLength + 1));
  return concatBytes(head, other.subarray(random.below(other.byteLength + 1)));
}

/** The other input's bytes in the same place: what has fixed fields keeps its length. */
function overwriteFromOther(bytes: Bytes, random: Random, other: Bytes): Bytes {
  const [start, end] = pickChunk(bytes, random);
  const changed = bytes.slice();
  changed.set(other.subarray(start, end), start);
  return changed;
}

function insertInteresting(
  bytes: Bytes,
  random: Random,
  other: Bytes,
  interesting: readonly Bytes[],
): Bytes {
  if (interesting.length === 0) return splice(bytes, random, other);
  const at = random.below(bytes.byteLength + 1);
  const inserted = pick(interesting, random);
  const isOver = random.below(3) === 0;
  const rest = bytes.subarray(isOver ? Math.min(bytes.byteLength, at + inserted.byteLength) : at);
  return concatBytes(bytes.subarray(0, at), inserted, rest);
}

const CHANGES: readonly Change[] = [
  flipBit,
  flipBit,
  setEdgeByte,
  setEdgeByte,
  setAnyByte,
  setNumber,
  setNumber,
  truncate,
  dropLastBytes,
  extend,
  duplicateChunk,
  dropChunk,
  swapChunks,
  splice,
  overwriteFromOther,
  insertInteresting,
  insertInteresting,
];

function changeByte(bytes: Bytes, random: Random, change: (byte: number) => number): Bytes {
  if (bytes.byteLength === 0) return bytes;
  const changed = bytes.slice();
  const at = random.below(bytes.byteLength);
  changed[at] = change(changed[at] ?? 0);
  return changed;
}

function pickChunk(bytes: Bytes, random: Random): readonly [start: number, end: number] {
  const start = random.below(bytes.byteLength + 1);
  const length = random.below(Math.min(MAX_CHUNK_LENGTH, bytes.byteLength - start) + 1);
  return [start, start + length];
}
