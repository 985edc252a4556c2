import * as v from 'valibot';

import { peerIdField } from './id-fields.ts';
import { MAX_ICE_SERVERS, MAX_ICE_TEXT, MAX_ICE_URLS, TRACKER_PROTOCOL_VERSION } from './limits.ts';

const iceText = v.pipe(v.string(), v.maxLength(MAX_ICE_TEXT));

/** Only addresses that RTCPeerConnection takes: it throws on any other. */
const iceUrl = v.pipe(
  iceText,
  v.check((url) => /^(?:stun|stuns|turn|turns):[\w.:[\]?=-]+$/u.test(url)),
);

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
  announceIntervalMs: v.pipe(v.number(), v.minValue(1000), v.maxValue(3_600_000)),
});

export type IceServers = v.InferOutput<typeof iceServersSchema>;
export type WelcomeMessage = v.InferOutput<typeof welcomeSchema>;
