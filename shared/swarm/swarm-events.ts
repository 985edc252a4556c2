import type { Bytes } from '../share/bytes.ts';
import type { Bitfield } from '../wire/bitfield.ts';
import type { PeerRole, SwarmMessage } from '../wire/messages.ts';
import type { PeerId, PieceRanges } from './ports/tracker-client.ts';
import type { RateLimit } from './rate-limit.ts';

/** What a host tells the engine. Bytes never pass through it: only their lengths do. */
export type SwarmEvent =
  /** The tracker has (re)connected and knows nothing of us. */
  | { readonly type: 'tracker-up'; readonly announceIntervalMs: number }
  | { readonly type: 'tracker-down' }
  /** What was announced is not booked: the tracker refused it, does not know us in this swarm, or did not answer. */
  | { readonly type: 'announce-refused' }
  | { readonly type: 'peers-found'; readonly peers: readonly KnownPeer[] }
  /** Connected and authenticated. `identity` outlives a peer ID: the remote certificate's fingerprint. */
  | {
      readonly type: 'peer-connected';
      readonly peerId: PeerId;
      readonly identity: string;
      readonly role: PeerRole;
    }
  | { readonly type: 'peer-disconnected'; readonly peerId: PeerId }
  | { readonly type: 'message'; readonly peerId: PeerId; readonly message: SwarmMessage }
  | ({ readonly type: 'block' } & BlockName & { readonly byteLength: number })
  /** A block left for the channel, whose queue now holds so much. */
  | ({ readonly type: 'block-sent' } & BlockName & {
        readonly byteLength: number;
        readonly bufferedBytes: number;
      })
  /** A block that was to be sent could not be read, or its peer was gone. */
  | ({ readonly type: 'block-unsent' } & BlockName)
  /** So many connections to the peer carry blocks now. */
  | { readonly type: 'strands'; readonly peerId: PeerId; readonly count: number }
  | { readonly type: 'drained'; readonly peerId: PeerId; readonly bufferedBytes: number }
  /** An audit has left for the peer. */
  | { readonly type: 'audit-asked'; readonly peerId: PeerId; readonly piece: number }
  /** The peer showed the piece, or something else. */
  | {
      readonly type: 'audit-answered';
      readonly peerId: PeerId;
      readonly piece: number;
      readonly isTrue: boolean;
    }
  /** Wanted from now on beside what was: a volunteer fetches nothing else. Some may be held. */
  | { readonly type: 'pieces-wanted'; readonly pieces: readonly number[] }
  /** A member wants these and no others from now on; what it holds it keeps. */
  | { readonly type: 'want-only'; readonly ranges: PieceRanges }
  /** Fetched before all else, in this order, wanted or not; none ends it. */
  | { readonly type: 'focus'; readonly ranges: PieceRanges }
  /** A volunteer makes room: these are no longer wanted, and the store forgets them. */
  | { readonly type: 'pieces-dropped'; readonly pieces: readonly number[] }
  /** How many copies the sharer asks for besides its own, 0 for none: it counts those that it has seen itself. */
  | { readonly type: 'copy-target'; readonly copies: number }
  /** Of what is sent. */
  | ({ readonly type: 'limit-upload' } & LimitOrder)
  /** Of what is asked for. */
  | ({ readonly type: 'limit-download' } & LimitOrder)
  /** An audit was answered, or cannot be. */
  | { readonly type: 'piece-shown'; readonly peerId: PeerId }
  | { readonly type: 'piece-verified'; readonly peerId: PeerId; readonly piece: number }
  | { readonly type: 'piece-refused'; readonly peerId: PeerId; readonly piece: number }
  /** A verified piece's write has committed. */
  | { readonly type: 'piece-stored'; readonly piece: number }
  /** The store no longer has a piece that we claim. */
  | { readonly type: 'piece-lost'; readonly piece: number }
  /** The store can now give pieces that it lacked: the sharer chose the files again. */
  | { readonly type: 'pieces-gained'; readonly pieces: readonly number[] }
  /** The host stood still for long, which its clock need not show. */
  | { readonly type: 'woken' }
  | { readonly type: 'tick' };

/** No more than that a second, or as much as possible; and with others together no more than `whole` lets through. */
export interface LimitOrder {
  readonly bytesPerSecond: number | undefined;
  readonly whole?: RateLimit | undefined;
}

/** What a person decides, which pieces a member wants and how fast they may come and go, and what the page notices. */
export type SwarmOrder = Extract<
  SwarmEvent,
  { readonly type: 'want-only' | 'limit-upload' | 'limit-download' | 'woken' }
>;

/** What the engine asks of its host, to be carried out in order. */
export type SwarmEffect =
  | { readonly type: 'find' }
  | { readonly type: 'dial'; readonly peerId: PeerId; readonly role: PeerRole }
  | { readonly type: 'disconnect'; readonly peerId: PeerId; readonly reason: DisconnectReason }
  | { readonly type: 'send'; readonly peerId: PeerId; readonly message: SwarmMessage }
  /** Have so many connections to the peer, in all, carry blocks; tell `strands` when that changes. */
  | { readonly type: 'widen'; readonly peerId: PeerId; readonly strands: number }
  /** Read the block from the store, send it, and answer with `block-sent` or `block-unsent`. */
  | ({ readonly type: 'send-block' } & BlockName)
  /** The piece will be sent soon: a host that reads slowly may begin now, or not. */
  | { readonly type: 'prepare-piece'; readonly piece: number }
  /** Keep the bytes of the block that is being handled. */
  | ({ readonly type: 'take-block' } & BlockName)
  /** Every block of the piece is here: answer with `piece-verified` or `piece-refused`. */
  | { readonly type: 'verify'; readonly peerId: PeerId; readonly piece: number }
  /** Forget the blocks taken of this piece from this peer. */
  | { readonly type: 'abandon'; readonly peerId: PeerId; readonly piece: number }
  /** Tell the tracker everything, or what was gained since, as inclusive ranges. */
  | { readonly type: 'announce' }
  | {
      readonly type: 'announce-gained';
      readonly ranges: PieceRanges;
    }
  /** Ask the peer to show the piece, tell `audit-asked`, and `audit-answered` if it does. */
  | { readonly type: 'audit'; readonly peerId: PeerId; readonly piece: number }
  /** The peer does not hold what it claims: told of each of its names. */
  | { readonly type: 'distrust'; readonly peerId: PeerId }
  /** Answer the peer's audit by `shown`, or `lost` if the store cannot, and tell `piece-shown`. */
  | {
      readonly type: 'show';
      readonly peerId: PeerId;
      readonly piece: number;
      readonly nonce: Bytes;
    }
  | { readonly type: 'completed' }
  /** Send a `tick` then; replaces the wake asked for before. */
  | { readonly type: 'wake'; readonly atMs: number };

export interface BlockName {
  readonly peerId: PeerId;
  readonly piece: number;
  readonly block: number;
}

export interface KnownPeer {
  readonly peerId: PeerId;
  /** The tracker's hint. */
  readonly bitfield: Bitfield;
  /** The tracker's word, which the peer has to confirm. */
  readonly role: PeerRole;
}

/** Why a peer is dropped. Only `bad-piece` bans. */
export type DisconnectReason =
  | 'bad-bitfield'
  | 'bad-index'
  | 'bad-piece'
  | 'banned'
  | 'block-flood'
  | 'dial-timeout'
  | 'request-flood'
  | 'same-peer'
  | 'too-many-peers'
  | 'unresponsive';

/** Whether the peer is not to be dialled again under this name. */
export function isForGood(reason: DisconnectReason): boolean {
  return reason === 'bad-piece' || reason === 'banned';
}

/** What comes many times a second and, unless a peer is dropped for it, changes no plan. */
export function isTraffic({ type }: SwarmEvent): boolean {
  return type === 'message' || type === 'block' || type === 'block-sent' || type === 'drained';
}
