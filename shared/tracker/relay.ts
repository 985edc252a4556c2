import * as v from 'valibot';

import { iceText, turnUrls } from './ice-fields.ts';
import { shareIdField } from './id-fields.ts';
import { MAX_RELAY_VALIDITY_MS, MIN_RELAY_VALIDITY_MS } from './limits.ts';
import { refusalSchema } from './refusal.ts';

/** Peer to tracker: asks for the use of the TURN server, for a swarm that it is in. */
export const relaySchema = v.strictObject({ shareId: shareIdField });

const nonEmptyText = v.pipe(iceText, v.minLength(1));

/** `validForMs` counts from the answer on, so that the page's clock may be wrong. */
const relayGrantSchema = v.object({
  ok: v.literal(true),
  urls: turnUrls,
  username: nonEmptyText,
  credential: nonEmptyText,
  validForMs: v.pipe(
    v.number(),
    v.minValue(MIN_RELAY_VALIDITY_MS),
    v.maxValue(MAX_RELAY_VALIDITY_MS),
  ),
});

export const relayAnswerSchema = v.variant('ok', [relayGrantSchema, refusalSchema]);

export type RelayMessage = v.InferOutput<typeof relaySchema>;
export type RelayGrant = v.InferOutput<typeof relayGrantSchema>;
export type RelayAnswer = v.InferOutput<typeof relayAnswerSchema>;
