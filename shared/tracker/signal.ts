import * as v from 'valibot';

import { binaryField } from './binary-field.ts';
import { peerIdField, shareIdField } from './id-fields.ts';
import { MAX_SIGNAL_BYTES } from './limits.ts';

/** Peer to tracker: sealed bytes for another peer of the swarm. */
export const signalSchema = v.strictObject({
  shareId: shareIdField,
  to: peerIdField,
  data: binaryField(1, MAX_SIGNAL_BYTES),
});

/** Tracker to peer: the same bytes, and who they came from. */
export const relayedSignalSchema = v.object({
  shareId: shareIdField,
  from: peerIdField,
  data: binaryField(1, MAX_SIGNAL_BYTES),
});

export type SignalMessage = v.InferOutput<typeof signalSchema>;
export type RelayedSignal = v.InferOutput<typeof relayedSignalSchema>;
