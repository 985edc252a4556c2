import * as v from 'valibot';

import { binaryField } from './binary-field.ts';
import { shareEndField } from './end.ts';
import { peerIdField, shareIdField } from './id-fields.ts';
import {
  MAX_BITFIELD_BYTES,
  MAX_FOUND_PEERS,
  MAX_HEADER_BYTES,
  MAX_PEERS_PER_SWARM,
} from './limits.ts';
import { refusalSchema } from './refusal.ts';

export const findSchema = v.strictObject({ shareId: shareIdField });

const countField = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(0),
  v.maxValue(MAX_PEERS_PER_SWARM),
);

/** `bitfields` holds one bitfield a peer, end to end, in the order of `peerIds`: members first, then volunteers. */
const foundSchema = v.pipe(
  v.object({
    ok: v.literal(true),
    header: binaryField(1, MAX_HEADER_BYTES),
    seederCount: countField,
    holderCount: countField,
    peerIds: v.pipe(v.array(peerIdField), v.maxLength(MAX_FOUND_PEERS)),
    bitfields: binaryField(0, MAX_FOUND_PEERS * MAX_BITFIELD_BYTES),
    /** How many at the end of `peerIds` are volunteers. */
    volunteerCount: v.optional(countField, 0),
    /** Other volunteers that hold any piece. */
    volunteerHolderCount: v.optional(countField, 0),
    /** The sharer's word on when the share ends, where it has said. */
    end: v.exactOptional(shareEndField),
  }),
  v.check(({ peerIds }) => new Set(peerIds).size === peerIds.length, 'a peer named twice'),
  v.check(
    ({ peerIds, bitfields }) => arePacked(peerIds.length, bitfields.byteLength),
    'not one bitfield a peer',
  ),
  v.check(
    ({ peerIds, volunteerCount }) => volunteerCount <= peerIds.length,
    'more volunteers than peers',
  ),
);

export const findAnswerSchema = v.variant('ok', [foundSchema, refusalSchema]);

export type FindMessage = v.InferOutput<typeof findSchema>;
export type FindAnswer = v.InferOutput<typeof findAnswerSchema>;

function arePacked(peerCount: number, byteLength: number): boolean {
  if (peerCount === 0) return byteLength === 0;
  return byteLength >= peerCount && byteLength % peerCount === 0;
}
