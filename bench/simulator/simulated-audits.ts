import type { Bytes } from '../../shared/share/bytes.ts';
import type { SwarmEffect } from '../../shared/swarm/swarm-events.ts';
import type { ShownFrame } from './frame.ts';
import type { Session } from './session.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { equalBytes } from '../../shared/share/bytes.ts';
import { isLiar } from './scenario.ts';

type Effect<Type extends SwarmEffect['type']> = Extract<SwarmEffect, { type: Type }>;

const NONCE_BYTES = 4;

/** Asks other hosts to show pieces, and shows them ours: only whether it is true is modelled, as with blocks. */
export class SimulatedAudits {
  readonly #host: SimulatedHost;
  /** The nonces of each piece that were not answered yet, the latest last. */
  readonly #asked = new WeakMap<Session, Map<number, readonly Bytes[]>>();
  #askedCount = 0;

  constructor(host: SimulatedHost) {
    this.#host = host;
  }

  ask({ peerId, piece }: Effect<'audit'>): void {
    const session = this.#host.sessions.get(peerId);
    if (session === undefined) return;
    if (!this.#host.shelf.has(piece)) {
      this.#host.reportLost(piece);
      return;
    }
    const nonce = this.#createNonce();
    const asked = this.#asked.get(session) ?? new Map<number, readonly Bytes[]>();
    this.#asked.set(session, asked.set(piece, [...(asked.get(piece) ?? []), nonce]));
    session.channel.send({ type: 'audit', piece, nonce });
    this.#host.tell({ type: 'audit-asked', peerId, piece });
  }

  /** What answers no question, or one that was asked anew since, means nothing. */
  receive(session: Session, { piece, nonce, isTrue }: ShownFrame): void {
    const asked = this.#asked.get(session);
    const nonces = asked?.get(piece);
    const latest = nonces?.at(-1);
    if (asked === undefined || nonces === undefined || latest === undefined) return;
    const isLatest = equalBytes(latest, nonce);
    if (!isLatest && isTrue && nonces.some((other) => equalBytes(other, nonce))) return;
    asked.delete(piece);
    const { remotePeerId: peerId } = session;
    this.#host.tell({ type: 'audit-answered', peerId, piece, isTrue: isTrue && isLatest });
  }

  show({ peerId, piece, nonce }: Effect<'show'>): void {
    const { shelf, sessions, plan } = this.#host;
    const channel = sessions.get(peerId)?.channel;
    if (channel === undefined) return;
    if (shelf.has(piece) && !isLiar(plan))
      channel.send({ type: 'shown', piece, nonce, isTrue: true });
    else if (plan.excuse === 'shows-other') {
      channel.send({ type: 'shown', piece, nonce, isTrue: false });
    } else if (plan.excuse === 'says-lost') this.#host.reportLost(piece);
    this.#host.tell({ type: 'piece-shown', peerId });
  }

  #createNonce(): Bytes {
    this.#askedCount += 1;
    const nonce = new Uint8Array(NONCE_BYTES);
    new DataView(nonce.buffer).setUint32(0, this.#askedCount);
    return nonce;
  }
}
