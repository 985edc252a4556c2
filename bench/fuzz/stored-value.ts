import type { Bytes } from '../../shared/share/bytes.ts';
import type { Decoder } from './decoder.ts';
import { deserialize, serialize } from 'node:v8';
import { mutateValue } from './mutate-value.ts';

/** A value as a structured clone of it crosses a database or a socket: any plain tree, with bytes and odd numbers. */
export function writeValue(value: unknown): Bytes {
  return Uint8Array.from(serialize(value));
}

export function readValue(bytes: Bytes): unknown {
  return deserialize(bytes);
}

export const mutateStored: Decoder['mutate'] = (input, other, random) =>
  writeValue(mutateValue(readValue(input), readValue(other), random));
