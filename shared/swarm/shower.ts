import type { AuditMessage } from '../wire/messages.ts';
import type { Peer } from './peer.ts';
import type { SwarmContext } from './swarm-context.ts';
import { computeSealedLength } from '../share/geometry.ts';
import { MAX_WAITING_AUDITS } from './limits.ts';

/** Lets others see that we hold what we claim: a few pieces at a time, and only so many bytes for one peer. */
export class Shower {
  readonly #context: SwarmContext;

  constructor(context: SwarmContext) {
    this.#context = context;
  }

  handleAudit(peer: Peer, { piece, nonce }: AuditMessage, nowMs: number): void {
    const { held, geometry, emit } = this.#context;
    const { peerId } = peer;
    if (!held.has(piece)) {
      emit({ type: 'send', peerId, message: { type: 'lost', piece } });
      return;
    }
    const byteLength = computeSealedLength(geometry, piece);
    const { shows } = peer;
    if (shows.waitingCount >= MAX_WAITING_AUDITS || !shows.budget.mayTake(byteLength, nowMs))
      return;
    shows.budget.take(byteLength);
    shows.waitingCount += 1;
    emit({ type: 'show', peerId, piece, nonce });
  }

  handleShown({ shows }: Peer): void {
    shows.waitingCount -= 1;
  }
}
