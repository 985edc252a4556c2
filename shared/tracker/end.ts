import * as v from 'valibot';

import { SHARE_END_LENGTH } from '../share/share-end.ts';
import { binaryField } from './binary-field.ts';
import { shareIdField } from './id-fields.ts';
import { MAX_HEADER_BYTES } from './limits.ts';

/** The sharer's signed word on when its share ends. */
export const shareEndField = binaryField(SHARE_END_LENGTH, SHARE_END_LENGTH);

/** Anybody to the tracker, in the swarm or not: when the share ends. The header says whose word that has to be. */
export const endSchema = v.strictObject({
  shareId: shareIdField,
  header: binaryField(1, MAX_HEADER_BYTES),
  end: shareEndField,
});

/** Tracker to everybody in the swarm: the sharer has said when it ends, or has said otherwise. */
export const toldEndSchema = v.object({ shareId: shareIdField, end: shareEndField });

export type EndMessage = v.InferOutput<typeof endSchema>;
export type ToldEnd = v.InferOutput<typeof toldEndSchema>;
