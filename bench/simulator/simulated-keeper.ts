import type { Bytes } from '../../shared/share/bytes.ts';
import type { ReplicateMessage } from '../../shared/tracker/replicate.ts';
import type { PageLife } from './page-life.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import { computeSealedLength } from '../../shared/share/geometry.ts';
import { listPieces } from '../../shared/share/piece-ranges.ts';
import { decodeSerial } from './copy-words.ts';

/** How soon the page sees that what it keeps has changed. */
const SETTLE_MS = 3_000;

/** What the page of a volunteer does for its engine: offers room, takes orders, makes room, lets go. */
export class SimulatedKeeper {
  readonly #host: SimulatedHost;
  readonly #network: SimulatedNetwork;
  readonly #life: PageLife;
  readonly #promised = new Set<number>();
  #isSettling = false;
  #isMakingRoom = false;
  budgetBytes: number;
  /** Whether it takes part in the swarm. */
  isActive = false;
  /** The sharer's word that came with the last order. */
  target: Bytes | undefined;

  constructor(host: SimulatedHost, network: SimulatedNetwork, life: PageLife) {
    this.#host = host;
    this.#network = network;
    this.#life = life;
    this.budgetBytes = host.plan.offeredBytes;
  }

  get heldBytes(): number {
    return this.#lengthOf(this.#host.held.pieces());
  }

  get promisedBytes(): number {
    return this.#lengthOf([...this.#promised].filter((piece) => !this.#host.held.has(piece)));
  }

  /** The page was loaded: what was promised before is the tracker's to ask for again. */
  load(): void {
    this.#promised.clear();
    this.#isSettling = false;
    this.isActive = this.#host.held.count > 0;
  }

  /** Connected to the tracker. */
  begin(): void {
    this.#settle();
  }

  recordHeld(): void {
    this.#settleLater();
  }

  /** Has offered less than it keeps, and was not told yet what to drop. */
  get isMakingRoom(): boolean {
    return this.#isMakingRoom;
  }

  /** Has less room from now on. The tracker says what to drop, and forgets it before that. */
  shrink(bytes: number): void {
    this.budgetBytes = bytes;
    this.#isMakingRoom = this.#overBytes > 0;
    this.#settle();
  }

  /** Throws pieces away and goes on claiming them. */
  discard(pieces: Iterable<number>): void {
    for (const piece of pieces) this.#host.shelf.discard(piece);
    this.#network.onHoldings(this.#host);
  }

  get #overBytes(): number {
    return this.heldBytes + this.promisedBytes - this.budgetBytes;
  }

  #settleLater(): void {
    if (this.#isSettling) return;
    this.#isSettling = true;
    this.#life.later(SETTLE_MS, () => {
      this.#isSettling = false;
      this.#settle();
    });
  }

  #settle(): void {
    const host = this.#host;
    if (this.#overBytes <= 0) this.#isMakingRoom = false;
    if (host.peerId === '') return;
    this.#offer();
    const overBytes = this.heldBytes - this.budgetBytes;
    if (this.#isMakingRoom) this.#settleLater();
    if (overBytes <= 0) return;
    this.#network.tracker.unload(
      host,
      overBytes,
      this.#life.guard((drops) => {
        const pieces = [...listPieces(drops)];
        for (const piece of pieces) this.#promised.delete(piece);
        this.#drop(pieces);
      }),
    );
  }

  #offer(): void {
    const held = this.heldBytes;
    const free = Math.max(0, this.budgetBytes - held);
    this.#network.tracker.offer(
      this.#host,
      { free, held },
      {
        onReplicate: this.#life.guard((order) => this.#take(order)),
        onRelease: this.#life.guard(() => this.#letGo()),
      },
    );
  }

  #take({ pieces: ranges, target }: ReplicateMessage): void {
    const host = this.#host;
    const missing = [...listPieces(ranges)].filter(
      (piece) => !host.held.has(piece) && !this.#promised.has(piece),
    );
    let room = this.budgetBytes - this.heldBytes - this.promisedBytes;
    const wanted = missing.filter((piece) => {
      room -= computeSealedLength(this.#network.geometry, piece);
      return room >= 0;
    });
    if (missing.length > 0 && wanted.length === 0) {
      this.#network.tracker.decline(host.peerId);
      return;
    }
    for (const piece of wanted) this.#promised.add(piece);
    if (decodeSerial(target) > decodeSerial(this.target)) this.target = target;
    if (!this.isActive) {
      this.isActive = true;
      host.enterSwarm();
    }
    this.#obey(wanted);
  }

  /** Who lies claims to have them already, and that nobody else has anything. */
  #obey(pieces: readonly number[]): void {
    const { isLiar, words } = this.#host;
    this.#host.tell({ type: isLiar ? 'pieces-gained' : 'pieces-wanted', pieces });
    if (isLiar) words.slander();
  }

  #drop(pieces: readonly number[]): void {
    this.#host.tell({ type: 'pieces-dropped', pieces });
    for (const piece of pieces) this.#host.shelf.forget(piece);
    this.#network.onHoldings(this.#host);
  }

  #letGo(): void {
    this.#promised.clear();
    this.isActive = false;
    this.target = undefined;
    this.#host.leaveSwarm();
    this.#settle();
  }

  #lengthOf(pieces: Iterable<number>): number {
    let bytes = 0;
    for (const piece of pieces) bytes += computeSealedLength(this.#network.geometry, piece);
    return bytes;
  }
}
