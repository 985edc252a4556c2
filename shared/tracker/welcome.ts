import * as v from 'valibot';

import { iceText, iceUrl } from './ice-fields.ts';
import { peerIdField } from './id-fields.ts';
import { MAX_ICE_SERVERS, MAX_ICE_URLS, TRACKER_PROTOCOL_VERSION } from './limits.ts';

const iceServerSchema = v.object({
  urls: v.pipe(v.array(iceUrl), v.minLength(1), v.maxLength(MAX_ICE_URLS)),
  username: v.exactOptional(iceText),
  credential: v.exactOptional(iceText),
});

export const iceServersSchema = v.pipe(v.array(iceServerSchema), v.maxLength(MAX_ICE_SERVERS));

/** Tracker to peer, first on every connection. */
export const welcomeSchema = v.object({
  version: v.literal(TRACKER_PROTOCOL_VERSION),
  peerId: peerIdField,
  iceServers: iceServersSchema,
  /** Whether `relay` is worth asking; earlier trackers do not say. */
  hasRelay: v.exactOptional(v.boolean()),
  announceIntervalMs: v.pipe(v.number(), v.minValue(1000), v.maxValue(3_600_000)),
});

export type IceServers = v.InferOutput<typeof iceServersSchema>;
export type WelcomeMessage = v.InferOutput<typeof welcomeSchema>;
