import type { Bytes } from '../share/bytes.ts';

/** Raised whenever frames change so that old and new peers would misunderstand each other. */
export const WIRE_VERSION = 1;
export const NONCE_LENGTH = 32;
export const MAC_LENGTH = 32;
export const AUDIT_NONCE_LENGTH = 16;
export const AUDIT_DIGEST_LENGTH = 32;
export const MAX_HAVE_PIECES = 64;
export const MAX_ENVELOPE_LENGTH = 8 * 1024;

export type PeerRole = 'member' | 'volunteer';

/** Opens the conversation; `nonce` (32 bytes) is new for every connection. */
export interface HelloMessage {
  readonly type: 'hello';
  readonly version: number;
  readonly role: PeerRole;
  readonly nonce: Bytes;
}

/** Proves the link: 32 bytes of HMAC over both ends of this very connection. */
export interface AuthMessage {
  readonly type: 'auth';
  readonly mac: Bytes;
}

/** Everything the sender claims to hold: first after authentication, and again when super-seeding ends. */
export interface BitfieldMessage {
  readonly type: 'bitfield';
  readonly bitfield: Bytes;
}

/** Further verified pieces: 1 to 64. */
export interface HaveMessage {
  readonly type: 'have';
  readonly pieces: readonly number[];
}

/** Names one block: asks for it, takes that back, or declines to send it. */
export interface BlockMessage {
  readonly type: 'request' | 'cancel' | 'reject';
  readonly piece: number;
  readonly block: number;
}

/** Declines for now: the sender has more to send than it can soon. Ask again, for anything, after so long. */
export interface BusyMessage {
  readonly type: 'busy';
  readonly piece: number;
  readonly block: number;
  readonly retryAfterMs: number;
}

/** Asks a holder to show a piece; `nonce` (16 bytes) is new for every audit. */
export interface AuditMessage {
  readonly type: 'audit';
  readonly piece: number;
  readonly nonce: Bytes;
}

/** Answers an audit: 32 bytes that only who has the ciphertext can compute (shared/share/audit-digest.ts). */
export interface ShownMessage {
  readonly type: 'shown';
  readonly piece: number;
  readonly digest: Bytes;
}

/** The sender does not hold the piece, or no longer. */
export interface LostMessage {
  readonly type: 'lost';
  readonly piece: number;
}

/** A signal of a further connection between the same two peers; the envelope has 1 to 8,192 bytes. */
export interface StrandMessage {
  readonly type: 'strand';
  readonly envelope: Bytes;
}

/** One block's bytes, a view into the frame it came in. */
export interface BlockDataMessage {
  readonly type: 'block';
  readonly piece: number;
  readonly block: number;
  readonly bytes: Bytes;
}

/** What peers say before they trust each other. */
export type HandshakeMessage = HelloMessage | AuthMessage;

/** What the engine says and hears; a block's bytes travel beside it. */
export type SwarmMessage =
  | BitfieldMessage
  | HaveMessage
  | BlockMessage
  | BusyMessage
  | AuditMessage
  | LostMessage;

/** What a host answers for its engine. */
export type HostMessage = BlockDataMessage | ShownMessage;

export type Message = HandshakeMessage | SwarmMessage | HostMessage | StrandMessage;
