import * as v from 'valibot';

import { COPY_TARGET_LENGTH } from '../share/copy-target.ts';
import { binaryField } from './binary-field.ts';
import { shareIdField } from './id-fields.ts';
import { MAX_DEADLINE_MS, MAX_HEADER_BYTES } from './limits.ts';
import { rangesField } from './ranges.ts';

/** Tracker to volunteer: fetch and keep these pieces, beside those of the same share that it was told before. */
export const replicateSchema = v.object({
  shareId: shareIdField,
  header: binaryField(1, MAX_HEADER_BYTES),
  /** The sharer's word that it asks for copies. */
  target: binaryField(COPY_TARGET_LENGTH, COPY_TARGET_LENGTH),
  pieces: rangesField,
  /** From now; what is not announced by then is asked of others. */
  deadlineMs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_DEADLINE_MS)),
});

/** Tracker to volunteer: nobody asks for copies of this share any more, drop it. */
export const releaseSchema = v.object({ shareId: shareIdField });

export type ReplicateMessage = v.InferOutput<typeof replicateSchema>;
export type ReleaseMessage = v.InferOutput<typeof releaseSchema>;
