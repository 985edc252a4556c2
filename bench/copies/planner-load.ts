import { CopyWorld, createRandom } from '../../server/copies/copy-world.test-helper.ts';
import type { Order } from '../../server/copies/copy-planner.ts';
import type { ShareId } from '../../shared/share/share-id.ts';

export interface PlannerLoad {
  readonly volunteers: number;
  readonly shares: number;
  readonly seconds: number;
  readonly seed: number;
}

export interface PlannerFigures {
  /** Processor time of planning, as a part of the time simulated. */
  readonly plannerShare: number;
  /** The same with the books' part: every announce, arrival and departure. */
  readonly booksShare: number;
  readonly longestRoundMs: number;
  readonly orders: number;
  readonly orderedPieces: number;
  readonly missingCopies: number;
}

const PIECE_COUNT = 512;
const COPIES = 2;
const ROUND_MS = 500;
/** How long a volunteer takes for what it is told. */
const FETCH_MS = 5000;
/** A volunteer stays for ten minutes on average, and another comes. */
const STAY_MS = 600_000;
const PIECES_OFFERED = 256;

/** The planner among volunteers who come, do as they are told, and go, on a virtual clock. */
export async function runPlannerLoad(load: PlannerLoad): Promise<PlannerFigures> {
  const run = new PlannerRun(await CopyWorld.create(PIECE_COUNT, createRandom(load.seed)), load);
  return run.run();
}

class PlannerRun {
  readonly #world: CopyWorld;
  readonly #load: PlannerLoad;
  readonly #random: () => number;
  readonly #present: string[] = [];
  readonly #due: { readonly atMs: number; readonly order: Order }[] = [];
  #names = 0;
  #planMs = 0;
  #booksMs = 0;
  #longestMs = 0;
  #orders = 0;
  #pieces = 0;

  constructor(world: CopyWorld, load: PlannerLoad) {
    this.#world = world;
    this.#load = load;
    this.#random = createRandom(load.seed + 1);
  }

  run(): PlannerFigures {
    const { volunteers, shares, seconds } = this.#load;
    const shareIds = Array.from({ length: shares }, (_, i) => this.#world.shareAt(i));
    for (let i = 0; i < volunteers; i += 1) this.#arrive();
    const rounds = (seconds * 1000) / ROUND_MS;
    for (let round = 0; round < rounds; round += 1) {
      this.#booksMs += measure(() => this.#live(shareIds, round, rounds));
      const planMs = measure(() => this.#plan());
      this.#planMs += planMs;
      this.#longestMs = Math.max(this.#longestMs, planMs);
      this.#world.nowMs += ROUND_MS;
    }
    return {
      plannerShare: this.#planMs / (seconds * 1000),
      booksShare: this.#booksMs / (seconds * 1000),
      longestRoundMs: this.#longestMs,
      orders: this.#orders,
      orderedPieces: this.#pieces,
      missingCopies: this.#countMissing(shareIds),
    };
  }

  /** Shares begin within the first quarter; volunteers come and go all the time. */
  #live(shareIds: readonly ShareId[], round: number, rounds: number): void {
    const perRound = Math.ceil((4 * shareIds.length) / rounds);
    const begun = shareIds.slice(round * perRound, (round + 1) * perRound);
    for (const shareId of begun) this.#world.share(`sharer of ${shareId}`, shareId, COPIES);
    const leaving = (this.#load.volunteers * ROUND_MS) / STAY_MS;
    const count = Math.floor(leaving) + (this.#random() < leaving % 1 ? 1 : 0);
    for (let i = 0; i < count; i += 1) {
      this.#leave();
      this.#arrive();
    }
    this.#obey();
  }

  #arrive(): void {
    this.#names += 1;
    const peerId = `volunteer ${this.#names}`;
    this.#present.push(peerId);
    this.#world.offer(peerId, PIECES_OFFERED);
  }

  #leave(): void {
    const at = Math.floor(this.#random() * this.#present.length);
    const [peerId] = this.#present.splice(at, 1);
    if (peerId !== undefined) this.#world.registry.forget(peerId);
  }

  #obey(): void {
    const { copies } = this.#world.registry;
    while ((this.#due[0]?.atMs ?? Infinity) <= this.#world.nowMs) {
      const order = this.#due.shift()?.order;
      if (order !== undefined && copies.isVolunteer(order.peerId)) this.#world.obey(order);
    }
  }

  #plan(): void {
    for (const order of this.#world.plan()) {
      this.#orders += 1;
      for (const [first, last] of order.message.pieces) this.#pieces += last - first + 1;
      this.#due.push({ atMs: this.#world.nowMs + FETCH_MS, order });
    }
  }

  #countMissing(shareIds: readonly ShareId[]): number {
    let missing = 0;
    for (const shareId of shareIds) {
      for (const copies of this.#world.registry.copies.copiesOf(shareId) ?? []) {
        missing += Math.max(0, COPIES - copies);
      }
    }
    return missing;
  }
}

/** Processor time and not the clock's: others use the machine too. */
function measure(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
