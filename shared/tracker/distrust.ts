import * as v from 'valibot';

import { SIGNATURE_LENGTH } from '../share/geometry.ts';
import { binaryField } from './binary-field.ts';
import { peerIdField, shareIdField } from './id-fields.ts';

/** A peer of the swarm could not show what it claims to hold. */
export const distrustSchema = v.strictObject({
  shareId: shareIdField,
  peerId: peerIdField,
  /** The sharer's; without it this is the word of one peer among others. */
  signature: v.exactOptional(binaryField(SIGNATURE_LENGTH, SIGNATURE_LENGTH)),
});

export type DistrustMessage = v.InferOutput<typeof distrustSchema>;
