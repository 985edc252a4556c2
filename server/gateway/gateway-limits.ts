import type { BucketRate } from './token-bucket.ts';

/** Messages of one connection, signals apart. */
export const MESSAGE_RATE: BucketRate = { burst: 50, perSecond: 10 };
/** Signals of one connection. Trickle ICE takes 10 to 20 a dial, and a newcomer dials up to 30 peers at once. */
export const SIGNAL_RATE: BucketRate = { burst: 200, perSecond: 50 };
/** Messages beyond those rates are refused; a connection that goes on regardless is closed. */
export const OVERRUN_RATE: BucketRate = { burst: 200, perSecond: 5 };
/** Frames of one websocket, of any kind. A message has up to three, and what is refused is sent as well. */
export const FRAME_RATE: BucketRate = { burst: 1500, perSecond: 300 };
/** Of one websocket message. Browsers send one, or a few. */
export const MAX_FRAGMENTS = 256;
/** Binary fields of one message: an announce has a header, a bitfield and the sharer's word on copies. */
export const MAX_ATTACHMENTS = 3;
export const MAX_UNKNOWN_EVENTS = 3;
/** Messages of one connection that wait for a header check. */
export const MAX_WAITING_MESSAGES = 256;

/** What may wait for a peer that does not read, before it is disconnected. */
export const MAX_OUTBOUND_BYTES = 256 * 1024;
export const MAX_OUTBOUND_MESSAGES = 200;
/** Of that, what may wait when the peer's own next message is taken: the rest has room for any one answer. */
export const MAX_UNREAD_BYTES = 32 * 1024;

/** How long the other end has to close a connection that was ended here. */
export const GOODBYE_MS = 1000;
export const EXPIRY_CHECK_MS = 30_000;
/** How often the log may say that connections are refused. */
export const WARNING_WINDOW_MS = 60_000;
