import type { Bytes } from '../share/bytes.ts';
import type { ShownMessage } from '../wire/messages.ts';
import type { PeerSession } from './peer-session.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { SwarmEffect, SwarmEvent } from './swarm-events.ts';
import { computeAuditDigest } from '../share/audit-digest.ts';
import { equalBytes } from '../share/bytes.ts';
import { AUDIT_NONCE_LENGTH } from '../wire/messages.ts';

type AuditedSession = Pick<PeerSession, 'fingerprints' | 'send'>;

/** Of one piece, that may be answered late though it was asked for anew. */
const MAX_FORMER_QUESTIONS = 16;

interface AuditDeskOptions {
  readonly session: (peerId: PeerId) => AuditedSession | undefined;
  /** The sealed piece, from memory at once where it is there. Never rejects. */
  readonly read: (piece: number) => Bytes | Promise<Bytes | undefined>;
  readonly tell: (event: SwarmEvent) => void;
}

/** Answers the audits of others, one piece in memory at a time, and makes our own. */
export class AuditDesk {
  readonly #options: AuditDeskOptions;
  /** What each piece that we asked to be shown may give: one digest for each question, the last at the end. */
  readonly #expected = new WeakMap<AuditedSession, Map<number, readonly Bytes[]>>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: AuditDeskOptions) {
    this.#options = options;
  }

  show(effect: Extract<SwarmEffect, { type: 'show' }>): void {
    const session = this.#options.session(effect.peerId);
    if (session === undefined) return;
    this.#turn = this.#turn.then(() => this.#show(session, effect));
  }

  ask({ peerId, piece }: Extract<SwarmEffect, { type: 'audit' }>): void {
    const session = this.#options.session(peerId);
    if (session === undefined) return;
    this.#turn = this.#turn.then(() => this.#ask(session, peerId, piece));
  }

  /** What was never asked for, or was answered before, means nothing. */
  receive(peerId: PeerId, { piece, digest }: ShownMessage): void {
    const session = this.#options.session(peerId);
    const asked = session === undefined ? undefined : this.#expected.get(session);
    const expected = asked?.get(piece) ?? [];
    const match = expected.findIndex((other) => equalBytes(other, digest));
    const isTrue = match === expected.length - 1;
    // A late answer to what was asked anew since is no lie, and shows nothing.
    if (expected.length === 0 || (match >= 0 && !isTrue)) return;
    asked?.delete(piece);
    this.#options.tell({ type: 'audit-answered', peerId, piece, isTrue });
  }

  async #show(
    session: AuditedSession,
    { peerId, piece, nonce }: Extract<SwarmEffect, { type: 'show' }>,
  ): Promise<void> {
    const { read, tell } = this.#options;
    const sealed = await read(piece);
    if (sealed === undefined) tell({ type: 'piece-lost', piece });
    else {
      const digest = await computeAuditDigest(nonce, session.fingerprints.local, sealed);
      session.send({ type: 'shown', piece, digest });
    }
    if (this.#options.session(peerId) === session) tell({ type: 'piece-shown', peerId });
  }

  async #ask(session: AuditedSession, peerId: PeerId, piece: number): Promise<void> {
    const { read, tell } = this.#options;
    const sealed = await read(piece);
    if (sealed === undefined) tell({ type: 'piece-lost', piece });
    else {
      const nonce = crypto.getRandomValues(new Uint8Array(AUDIT_NONCE_LENGTH));
      const digest = await computeAuditDigest(nonce, session.fingerprints.remote, sealed);
      if (this.#options.session(peerId) !== session) return;
      const asked = this.#expected.get(session) ?? new Map<number, readonly Bytes[]>();
      const former = asked.get(piece)?.slice(-MAX_FORMER_QUESTIONS) ?? [];
      this.#expected.set(session, asked.set(piece, [...former, digest]));
      session.send({ type: 'audit', piece, nonce });
      tell({ type: 'audit-asked', peerId, piece });
    }
  }
}
