import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';
import type { PageLife } from './page-life.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import { computeBlockLayout } from '../../shared/wire/blocks.ts';

const VERIFY_MS = 2;
const COMMIT_MS = 15;
const NEARLY_COMPLETE = 0.99;

/** From the last block of a piece to its being stored, and to everything being there. */
export class PieceWork {
  readonly #host: SimulatedHost;
  readonly #network: SimulatedNetwork;
  readonly #life: PageLife;

  constructor(host: SimulatedHost, network: SimulatedNetwork, life: PageLife) {
    this.#host = host;
    this.#network = network;
    this.#life = life;
  }

  verifySoon(peerId: PeerId, piece: number): void {
    this.#life.later(VERIFY_MS, () => this.#verify(peerId, piece));
  }

  complete(): void {
    const host = this.#host;
    this.recordComplete();
    const { lingersMs } = host.plan;
    if (lingersMs < Infinity) this.#life.later(lingersMs, () => host.leave(0));
  }

  recordComplete(): void {
    const { record, agenda } = this.#host;
    if (record.completedAtMs < Infinity) return;
    record.completedAtMs = agenda.nowMs;
    this.#network.onComplete(this.#host);
  }

  /** Some of what was verified, or written, is not there any more: whoever was complete may not be. */
  recordLosses(): void {
    const { record, shelf } = this.#host;
    const { stored, unnoticed } = shelf;
    const claimedCount = stored.count + unnoticed.size;
    if (claimedCount < computeNearlyAll(stored.length)) record.nearlyCompletedAtMs = Infinity;
    if (claimedCount === stored.length || record.completedAtMs === Infinity) return;
    record.completedAtMs = Infinity;
    this.#network.onIncomplete(this.#host);
  }

  #verify(peerId: PeerId, piece: number): void {
    const host = this.#host;
    const { held, shelf, record } = host;
    const { blockCount } = computeBlockLayout(this.#network.geometry, piece);
    if (!shelf.verify(peerId, piece, blockCount)) {
      host.tell({ type: 'piece-refused', peerId, piece });
      return;
    }
    const isNew = !held.has(piece);
    if (isNew) shelf.hold(piece);
    host.tell({ type: 'piece-verified', peerId, piece });
    if (!isNew) return;
    this.#network.onHoldings(host);
    host.keeper?.recordHeld();
    if (held.count >= computeNearlyAll(held.length)) {
      record.nearlyCompletedAtMs = Math.min(record.nearlyCompletedAtMs, host.agenda.nowMs);
    }
    this.#life.later(COMMIT_MS, () => this.#commit(piece));
  }

  #commit(piece: number): void {
    const host = this.#host;
    if (host.agenda.nowMs < host.diskFullUntilMs) {
      // The page stops, and says why; once there is room again somebody opens it anew.
      host.leave(0);
      host.agenda.at(host.diskFullUntilMs, () => host.join());
      return;
    }
    host.shelf.commit(piece);
    host.tell({ type: 'piece-stored', piece });
  }
}

function computeNearlyAll(pieceCount: number): number {
  return Math.ceil(pieceCount * NEARLY_COMPLETE);
}
