import type { Bytes } from '../../share/bytes.ts';

/** What two ends of a connection tell each other, through the tracker and sealed, before they are connected. */
export type Signal =
  | { readonly type: 'offer' | 'answer'; readonly sdp: string }
  | {
      readonly type: 'candidate';
      readonly candidate: string;
      readonly sdpMid: string | null;
      readonly sdpMLineIndex: number | null;
    };

export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** DTLS certificate fingerprints as both descriptions name them: every `a=fingerprint` value, sorted. */
export interface Fingerprints {
  readonly local: readonly string[];
  readonly remote: readonly string[];
}

/** Straight from one end to the other, or through a TURN server. */
export type Route = 'direct' | 'relayed';

export interface ConnectionEvents {
  onSignal: (signal: Signal) => void;
  /** Frames can be sent from now on. At most once. */
  onOpen: () => void;
  onFrame: (frame: Bytes) => void;
  /** The send queue fell to the low mark. */
  onDrain: () => void;
  /** The other end left or the network failed. Once at most, and never after our own `close`. */
  onClose: () => void;
}

/** One connection to one peer. Nothing here throws: a connection that fails closes. */
export interface Connection {
  /** Bytes handed over and not yet passed on to the network. */
  readonly bufferedBytes: number;
  /** Takes in what the other end said. Signals that make no sense are ignored. */
  signal: (signal: Signal) => void;
  /**
   * Before it is open and after it is closed, nothing. A queue that is full closes it, and `onClose` comes from within.
   * The frame may be overwritten as soon as this returns.
   */
  send: (frame: Bytes) => void;
  /** Valid once open. */
  fingerprints: () => Fingerprints;
  /** For people to see, where the transport can tell. Undefined while nothing is known. Asked seldom. */
  readonly findRoute?: () => Promise<Route | undefined>;
  close: () => void;
}

export interface Transport {
  /** No event comes before this has returned. */
  connect: (
    end: 'initiator' | 'responder',
    iceServers: readonly IceServer[],
    events: ConnectionEvents,
  ) => Connection;
}
