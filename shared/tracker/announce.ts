import * as v from 'valibot';

import { COPY_TARGET_LENGTH } from '../share/copy-target.ts';
import { binaryField } from './binary-field.ts';
import { holderIdField, shareIdField } from './id-fields.ts';
import { MAX_BITFIELD_BYTES, MAX_HEADER_BYTES } from './limits.ts';
import { rangesField } from './ranges.ts';

/** Everything that a peer holds of a share; replaces what it announced before. */
const announceWholeSchema = v.strictObject({
  shareId: shareIdField,
  role: v.picklist(['member', 'sharer', 'volunteer']),
  header: binaryField(1, MAX_HEADER_BYTES),
  bitfield: binaryField(1, MAX_BITFIELD_BYTES),
  /** The browser's name in this share. */
  holderId: v.exactOptional(holderIdField),
  /** How many copies the sharer asks for, in its own signed words. */
  target: v.exactOptional(binaryField(COPY_TARGET_LENGTH, COPY_TARGET_LENGTH)),
});

/** Pieces gained since. */
const announceGainedSchema = v.strictObject({ shareId: shareIdField, gained: rangesField });

/** By the field that only one of them has, so that the other is not tried first. */
export const announceSchema = v.lazy((input) =>
  hasGained(input) ? announceGainedSchema : announceWholeSchema,
);

function hasGained(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'gained' in input;
}

export type AnnounceWhole = v.InferOutput<typeof announceWholeSchema>;
export type AnnounceMessage = v.InferOutput<typeof announceSchema>;
