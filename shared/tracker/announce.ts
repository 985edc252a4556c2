import * as v from 'valibot';

import { MAX_PIECE_COUNT } from '../share/geometry.ts';
import { binaryField } from './binary-field.ts';
import { shareIdField } from './id-fields.ts';
import { MAX_BITFIELD_BYTES, MAX_GAINED_RANGES, MAX_HEADER_BYTES } from './limits.ts';

/** Everything that a peer holds of a share; replaces what it announced before. */
const announceWholeSchema = v.strictObject({
  shareId: shareIdField,
  role: v.literal('member'),
  header: binaryField(1, MAX_HEADER_BYTES),
  bitfield: binaryField(1, MAX_BITFIELD_BYTES),
});

const pieceField = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(0),
  v.maxValue(MAX_PIECE_COUNT - 1),
);

const rangeField = v.pipe(
  v.strictTuple([pieceField, pieceField]),
  v.check(([first, last]) => first <= last, 'an empty range'),
);

/** Pieces gained since, as [first, last] ranges, both inclusive; no more pieces in all than a share may have. */
const announceGainedSchema = v.strictObject({
  shareId: shareIdField,
  gained: v.pipe(
    v.array(rangeField),
    v.minLength(1),
    v.maxLength(MAX_GAINED_RANGES),
    v.check((ranges) => countPieces(ranges) <= MAX_PIECE_COUNT, 'ranges that overlap'),
  ),
});

function countPieces(ranges: readonly (readonly [number, number])[]): number {
  return ranges.reduce((count, [first, last]) => count + last - first + 1, 0);
}

/** By the field that only one of them has, so that the other is not tried first: gains come in by the thousand. */
export const announceSchema = v.lazy((input) =>
  hasGained(input) ? announceGainedSchema : announceWholeSchema,
);

function hasGained(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'gained' in input;
}

export type AnnounceWhole = v.InferOutput<typeof announceWholeSchema>;
export type AnnounceMessage = v.InferOutput<typeof announceSchema>;
