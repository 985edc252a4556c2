import type { BucketRate } from '../../shared/tracker/token-bucket.ts';

/** Messages of one connection, signals apart. */
export const MESSAGE_RATE: BucketRate = { burst: 50, perSecond: 10 };
/** Signals of one connection. Trickle ICE takes 10 to 20 a dial, and a newcomer dials up to 30 peers at once. */
export const SIGNAL_RATE: BucketRate = { burst: 200, perSecond: 50 };
/**
 * What one peer is sent in signals within a window, by all others together: what it was sent, and once more what comes
 * of the sender's address, may be so much. A dial brings an offer or answer of up to 2 KiB and 20 candidates of 300
 * bytes, 12 KiB with what each takes beside its bytes. Thirty neighbours of one address who all dial at once, and again
 * after that failed, bring 720 KiB, so there is as much room again for twelve more. All of one
 * address bring half of it at most: 100 KiB a second.
 */
export const RECEIVED_SIGNAL_BYTES = 2 * 1024 * 1024;
export const SIGNAL_WINDOW_MS = 10_000;
/** What a signal takes beside its bytes: names, envelopes, frames. */
export const SIGNAL_OVERHEAD_BYTES = 200;
/**
 * A dial, and another. Beyond it a sender has the first half of the room, where a neighbour with four connections that
 * are all dialled again, 96 KiB, finds place beside thirty others; the second half is for those who have had little.
 */
export const FEW_SIGNAL_BYTES = 24 * 1024;

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
export const MAX_OUTBOUND_MESSAGES = 1000;
/** Of that, what may wait when the peer's own next message is taken: the rest has room for any one answer. */
export const MAX_UNREAD_BYTES = 32 * 1024;

/** No signals are added to what waits for a peer beyond this: so they never disconnect it, and answers have room. */
export const MAX_SIGNAL_BYTES_WAITING = MAX_OUTBOUND_BYTES / 2;
/** Each signal is two messages there, and a dial's 21 may come within one moment. */
export const MAX_SIGNALS_WAITING = MAX_OUTBOUND_MESSAGES / 2;
/** How long to wait where what is in the way is gone soon. */
export const BUSY_DELAY_MS = 1000;

/** Open connections of all addresses together, unless configured. Each takes a file of the process. */
export const DEFAULT_MAX_SOCKETS = 20_000;

/** How long the other end has to close a connection that was ended here. */
export const GOODBYE_MS = 1000;
export const EXPIRY_CHECK_MS = 30_000;
/** How often the log may say that connections are refused. */
export const WARNING_WINDOW_MS = 60_000;
