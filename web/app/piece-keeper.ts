import type { ShareId } from '../../shared/share/share-id.ts';
import type { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import type { ReplicationOrder, VolunteerLine } from '../../shared/swarm/ports/tracker-client.ts';
import type { Problem, VolunteerSettings, VolunteerState } from './app-state.ts';
import type { KeptShareParts } from './kept-share.ts';
import type { Browser } from './ports/browser.ts';
import type { VolunteerRecord, VolunteerRecords } from './ports/volunteer-records.ts';
import type { Keeper, KeeperSurroundings } from './volunteering.ts';
import { StoreError as StoreFailure } from '../../shared/swarm/ports/piece-store.ts';
import { MAX_SWARMS_PER_PEER } from '../../shared/tracker/limits.ts';
import { KeptShare } from './kept-share.ts';
import { describeStoreError, PROBLEMS } from './problems.ts';
import { KeeperRates } from './keeper-rates.ts';
import { sum } from './sum.ts';

/** How often it is looked whether everything is as it should be. */
const SETTLE_MS = 3_000;
/** Never the last of what the browser would store: the person's own downloads come first. */
const SPARED_BYTES = 64_000_000;
/** Each is a swarm, of which the tracker lets nobody be in more than a few: some are left for the person's own. */
const MAX_KEPT_SHARES = MAX_SWARMS_PER_PEER - 8;

export interface PieceKeeperParts extends Omit<
  KeptShareParts,
  'nameHolder' | 'onStoreFailure' | 'onEnded'
> {
  readonly records: Pick<VolunteerRecords, 'list' | 'put' | 'remove'>;
  readonly measureRoom: Browser['measureRoom'];
}

/** Keeps sealed pieces for others, as the tracker asks and as far as a person allows, and serves them. */
export class PieceKeeper implements Keeper {
  readonly #parts: PieceKeeperParts;
  readonly #surroundings: KeeperSurroundings;
  readonly #shares = new Map<ShareId, KeptShare>();
  readonly rates = new KeeperRates(() => [...this.#shares.values()].map((share) => share.rates));
  #settings: VolunteerSettings | undefined;
  #line: VolunteerLine | undefined;
  /** The tracker has booked what was offered. */
  #isBooked = false;
  #problem: Problem | undefined;
  /** What the browser was found to hold at most. */
  #capBytes = Infinity;
  /** Everything that changes shares, one after the other. */
  #work: Promise<void> = Promise.resolve();
  #isSettling = false;
  #settledAtMs = -Infinity;
  #lastOffer = '';

  private constructor(parts: PieceKeeperParts, surroundings: KeeperSurroundings) {
    this.#parts = parts;
    this.#surroundings = surroundings;
  }

  /** Knows what is stored. */
  static async open(
    parts: PieceKeeperParts,
    surroundings: KeeperSurroundings,
  ): Promise<PieceKeeper> {
    const keeper = new PieceKeeper(parts, surroundings);
    await keeper.#attempt(() => keeper.#remember());
    return keeper;
  }

  state(): Omit<VolunteerState, 'settings'> {
    const shares = [...this.#shares.values()];
    const held = shares.filter(({ heldCount }) => heldCount > 0);
    return {
      heldBytes: sum(held, ({ heldBytes }) => heldBytes),
      pieceCount: sum(held, ({ heldCount }) => heldCount),
      shareCount: held.length,
      upBytesPerSecond: sum(shares, ({ rates }) => rates.upBytesPerSecond),
      problem: this.#problem,
    };
  }

  apply(settings: VolunteerSettings): void {
    this.#settings = settings;
    this.rates.setOwn(settings.uploadBytesPerSecond);
    this.#problem = undefined;
    this.#capBytes = Infinity;
    if (settings.isOn) this.#begin();
    else this.#end();
    this.#settleSoon();
  }

  refresh(): void {
    this.rates.refresh();
    const nowMs = this.#parts.clock.nowMs();
    if (this.#line !== undefined && nowMs - this.#settledAtMs >= SETTLE_MS) this.#settleSoon();
  }

  wake(): void {
    for (const share of this.#shares.values()) share.wake();
  }

  letGo(shareId: ShareId): void {
    this.#shares.get(shareId)?.stop();
  }

  forget(): Promise<void> {
    return this.#queue(async () => {
      for (const share of this.#shares.values()) await this.#remove(share);
      await this.#parts.pieces.clear();
    });
  }

  yieldRoom(): Promise<void> {
    return this.#queue(() => this.#drop(Math.min(this.#heldBytes, SPARED_BYTES)));
  }

  #begin(): void {
    this.#line ??= this.#parts.tracker.volunteer({
      onWelcome: () => {
        this.#lastOffer = '';
        void this.#offer();
        this.#settleSoon();
      },
      onDown: () => {
        this.#isBooked = false;
      },
      onReplicate: (order) => void this.#queue(() => this.#take(order)),
      onRelease: (shareId) => void this.#queue(() => this.#release(shareId)),
    });
  }

  #end(): void {
    for (const share of this.#shares.values()) share.stop();
    this.#line?.withdraw();
    this.#line = undefined;
    this.#isBooked = false;
    this.#lastOffer = '';
  }

  async #remember(): Promise<void> {
    for (const record of await this.#parts.records.list()) {
      const share = await this.#open(record);
      if (share === undefined) await this.#parts.records.remove(record.shareId);
      else this.#shares.set(share.shareId, share);
    }
  }

  #open(record: VolunteerRecord): Promise<KeptShare | undefined> {
    return KeptShare.open(record, {
      ...this.#parts,
      nameHolder: this.#surroundings.nameHolder,
      onStoreFailure: (share, error) => this.#recordFailure(error, share),
      onEnded: ({ shareId }) => void this.#queue(() => this.#release(shareId)),
    });
  }

  /** Brings everything in line with what is wanted now. */
  #settleSoon(): void {
    if (this.#isSettling) return;
    this.#isSettling = true;
    void this.#queue(async () => {
      this.#isSettling = false;
      this.#settledAtMs = this.#parts.clock.nowMs();
      await this.#settle();
    });
  }

  async #settle(): Promise<void> {
    if (this.#line === undefined) return;
    const own = new Set(await this.#surroundings.listOwn());
    for (const share of this.#shares.values()) {
      if (own.has(share.shareId)) {
        // This browser holds it for itself, and counts once.
        this.#line?.decline(share.shareId);
        share.stop();
        await this.#surroundings.takeOver(share.shareId, share.read());
        await this.#remove(share);
      }
    }
    await this.#drop(this.#heldBytes - this.#budgetBytes);
    await this.#offer();
    if (!this.#isBooked) return;
    for (const share of this.#shares.values()) await this.#start(share);
  }

  async #start(share: KeptShare): Promise<void> {
    const isFree = !this.#surroundings.isShown(share.shareId);
    if (share.isRunning || !isFree || this.#line === undefined) return;
    await share.start();
    // Meanwhile it may have been turned off, or the share opened here.
    if (this.#line === undefined || this.#surroundings.isShown(share.shareId)) share.stop();
    this.rates.refresh();
  }

  async #take(order: ReplicationOrder): Promise<void> {
    const line = this.#line;
    if (line === undefined) return;
    const { shareId, header, target, pieces } = order;
    const own = await this.#surroundings.listOwn();
    const isOwn = own.includes(shareId) || this.#surroundings.isShown(shareId);
    const isTooMany = this.#shares.size >= MAX_KEPT_SHARES && !this.#shares.has(shareId);
    const share = isOwn || isTooMany ? undefined : await this.#find({ shareId, header, target });
    const promisedBytes = sum(this.#shares.values(), (other) => other.promisedBytes);
    const roomBytes = (await this.#measureFree()) - promisedBytes;
    if (share === undefined || !share.promise(pieces, roomBytes)) {
      line.decline(shareId);
      return;
    }
    await this.#parts.records.put(share.record);
    this.#shares.set(shareId, share);
    await this.#start(share);
  }

  /** The share as it is known, unless the order has a later word of the sharer. */
  async #find(record: VolunteerRecord): Promise<KeptShare | undefined> {
    const known = this.#shares.get(record.shareId);
    const told = await this.#open(record);
    if (known === undefined || told === undefined) return told && (known ?? told);
    if (told.target.serial <= known.target.serial) return known;
    known.stop();
    return told;
  }

  /** Tells the tracker before anything is dropped. While it is away nothing is. */
  async #drop(overBytes: number): Promise<void> {
    if (overBytes <= 0 || !this.#isBooked) return;
    for (const { shareId, pieces } of (await this.#line?.unload(overBytes)) ?? []) {
      const share = this.#shares.get(shareId);
      await share?.drop(pieces);
      if (share?.heldCount === 0 && share.promisedBytes === 0) await this.#remove(share);
    }
  }

  /** Nobody asks for copies of it any more. */
  async #release(shareId: ShareId): Promise<void> {
    const share = this.#shares.get(shareId);
    if (share !== undefined) await this.#remove(share);
    await this.#offer();
  }

  async #remove(share: KeptShare): Promise<void> {
    this.#shares.delete(share.shareId);
    await share.erase();
    await this.#parts.records.remove(share.shareId);
  }

  /** Says anew what there is room for, where that has changed. */
  async #offer(): Promise<void> {
    const line = this.#line;
    if (line === undefined) return;
    const heldBytes = this.#heldBytes;
    const freeBytes = await this.#measureFree();
    const offer = `${freeBytes} ${heldBytes}`;
    if (offer === this.#lastOffer) return;
    const isBooked = await line.offer(freeBytes, heldBytes);
    if (this.#line !== line) return;
    this.#isBooked = isBooked;
    this.#lastOffer = isBooked ? offer : '';
  }

  /** Beside what is held. The tracker takes off what it has ordered and is not here yet. */
  async #measureFree(): Promise<number> {
    const inBudget = this.#budgetBytes - this.#heldBytes;
    const room = (await this.#parts.measureRoom()) ?? Infinity;
    return Math.floor(Math.max(0, Math.min(inBudget, room - SPARED_BYTES)));
  }

  get #heldBytes(): number {
    return sum(this.#shares.values(), (share) => share.heldBytes);
  }

  get #budgetBytes(): number {
    return Math.min(this.#settings?.budgetBytes ?? 0, this.#capBytes);
  }

  /** A full browser keeps what it has; one that stores nothing stops. */
  #recordFailure(error: StoreError, share?: KeptShare): void {
    if (error.code === 'quota-exceeded') {
      this.#capBytes = this.#heldBytes;
      this.#problem = PROBLEMS.noRoomForOthers;
      if (share !== undefined) this.#settleSoon();
    } else {
      this.#problem = describeStoreError(error.code);
      this.#end();
    }
    this.#surroundings.onChange();
  }

  #queue(work: () => Promise<void>): Promise<void> {
    const working = this.#work.then(() => this.#attempt(work));
    this.#work = working.catch(() => undefined);
    return working;
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      this.#recordFailure(error);
    }
    this.#surroundings.onChange();
  }
}
