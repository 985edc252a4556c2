import type { CopyBooks } from '../../server/copies/copy-books.ts';
import type { Accuser } from '../../server/copies/distrust-book.ts';
import type { Part } from '../../server/registry/part.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { ReplicateMessage } from '../../shared/tracker/replicate.ts';
import type { PieceRanges } from '../../shared/swarm/ports/tracker-client.ts';
import type { Agenda } from './lane.ts';
import { ROUND_MS, URGENT_MS } from '../../server/gateway/copy-clock.ts';
import { recordTarget } from '../../server/gateway/copy-handlers.ts';
import { decodeCopyTarget } from '../../shared/share/copy-target.ts';
import { computeRanges } from '../../shared/share/piece-ranges.ts';

/** Where a volunteer hears what it is to fetch, and that it is to drop everything. */
export interface VolunteerEars {
  readonly onReplicate: (order: ReplicateMessage) => void;
  readonly onRelease: () => void;
}

/** The tracker's side of copies: the real books and planner, driven by virtual time. */
export class SimulatedCopyDesk {
  readonly #agenda: Agenda;
  readonly #copies: CopyBooks;
  readonly #shareId: ShareId;
  readonly #ears = new Map<string, VolunteerEars>();
  #isRunning = false;
  #isUrgent = false;
  isClosed = false;
  /** Orders sent. */
  orderCount = 0;

  constructor(agenda: Agenda, copies: CopyBooks, shareId: ShareId) {
    this.#agenda = agenda;
    this.#copies = copies;
    this.#shareId = shareId;
    copies.planner.onUrgent = () => this.#planSoon();
  }

  offer(peerId: string, bytes: { readonly free: number; readonly held: number }): void {
    this.#copies.offer(peerId, bytes.free, bytes.held);
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#runRounds();
  }

  listen(peerId: string, ears: VolunteerEars): void {
    this.#ears.set(peerId, ears);
  }

  forget(peerId: string): void {
    this.#ears.delete(peerId);
  }

  recordAnnounced(peerId: string, { role }: Part, statement: Bytes | undefined): void {
    const told = statement && role !== 'member' ? decodeCopyTarget(statement) : undefined;
    const known = this.#copies.serialOf(this.#shareId);
    const isNews = told !== undefined && (known === undefined || told.serial > known);
    recordTarget(
      { copies: this.#copies, release: (to) => this.#ears.get(to)?.onRelease() },
      { peerId },
      { shareId: this.#shareId, role },
      isNews && statement ? { kind: 'new', target: told, statement } : { kind: 'none' },
    );
  }

  unload(peerId: string, bytes: number): PieceRanges {
    return this.#copies.unload(peerId, bytes).flatMap(({ pieces }) => computeRanges(pieces));
  }

  decline(peerId: string): void {
    this.#copies.decline(peerId, this.#shareId);
  }

  distrust(accuser: Accuser, peerId: string): void {
    this.#copies.distrust(this.#shareId, accuser, peerId);
  }

  #runRounds(): void {
    if (this.isClosed) return;
    this.#plan();
    this.#agenda.after(ROUND_MS, () => this.#runRounds());
  }

  #planSoon(): void {
    if (this.#isUrgent) return;
    this.#isUrgent = true;
    this.#agenda.after(URGENT_MS, () => {
      this.#isUrgent = false;
      if (!this.isClosed) this.#plan();
    });
  }

  #plan(): void {
    for (const { peerId, message } of this.#copies.planner.plan(this.#agenda.nowMs)) {
      this.orderCount += 1;
      this.#ears.get(peerId)?.onReplicate(message);
    }
  }
}
