import { MAX_HEADER_LENGTH } from '../share/header.ts';

const KIB = 1024;
const SECOND_MS = 1000;

/** Changes whenever a message below changes its meaning; a page and a tracker must agree on it. */
export const TRACKER_PROTOCOL_VERSION = 1;

export const MAX_HEADER_BYTES = MAX_HEADER_LENGTH;
/** One bit for each of the 65,536 pieces that a share may have. */
export const MAX_BITFIELD_BYTES = 8 * KIB;
export const MAX_SIGNAL_BYTES = 8 * KIB;
/** The largest websocket message that the tracker takes in. */
export const MAX_MESSAGE_BYTES = 64 * KIB;

/** Ranges of pieces in one message, for each share that it speaks of. */
export const MAX_RANGES = 256;
/** Peers in one answer to `find`. */
export const MAX_FOUND_PEERS = 30;
/** Bitfields in one answer to `find`, together: in large shares it names fewer peers. */
export const MAX_FOUND_BITFIELD_BYTES = 96 * KIB;
export const MAX_ICE_SERVERS = 8;
export const MAX_ICE_URLS = 8;
/** Characters of one ICE address, user name or credential. */
export const MAX_ICE_TEXT = 512;
/** For how long a page may be given the use of a TURN server. */
export const MIN_RELAY_VALIDITY_MS = 60 * SECOND_MS;
export const MAX_RELAY_VALIDITY_MS = 24 * 3600 * SECOND_MS;

export const MAX_PEERS_PER_SWARM = 1000;
export const MAX_SWARMS_PER_PEER = 32;
/** What one volunteer may offer to keep. */
export const MAX_OFFERED_BYTES = 2 ** 40;
/** The longest that a volunteer may be given to fetch what it was told to. */
export const MAX_DEADLINE_MS = 3_600_000;

export const ANNOUNCE_INTERVAL_MS = 120 * SECOND_MS;
/** A peer that has not announced for this long is forgotten. */
export const ANNOUNCE_EXPIRY_MS = 300 * SECOND_MS;

/** The longest that a tracker may ask a peer to stay away, when it stops. */
export const MAX_RETRY_AFTER_MS = 30 * SECOND_MS;
