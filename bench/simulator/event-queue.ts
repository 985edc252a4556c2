import type { Receiver } from './event-pool.ts';
import type { Agenda } from './lane.ts';
import { EventHeap } from './event-heap.ts';
import { EventPool } from './event-pool.ts';
import { Lane } from './lane.ts';

/** The lane of what may concern everybody. */
const COMMON = -1;
const NEVER = (): boolean => false;

/**
 * Virtual time: what happens when, of everybody.
 * Where nothing that one host does reaches another sooner than `lookaheadMs`, each host can be let run so far by
 * itself (conservative parallel simulation, Chandy and Misra 1979, here on one core): so its memory is fetched once
 * for several events, which is what a large swarm spends its time on. An agenda of one's own is a lane; what is on the
 * common agenda happens when every lane has come so far, and before what is due in them at the same time.
 * Without lookahead there is one lane, and everything happens in the order of time.
 */
export class EventQueue implements Agenda {
  readonly #lookaheadMs: number;
  readonly #pool = new EventPool();
  readonly #common = new EventHeap(this.#pool);
  readonly #commonLane = new Lane(this, COMMON);
  readonly #lanes: EventHeap[] = [];
  /** What was put into each lane from outside: the first row of a list. */
  #inboxes = new Int32Array(0);
  /** When something is due next in each lane. */
  #dueMs = new Float64Array(0);
  #lane = COMMON;
  /** How far lanes may run now. */
  #endMs = 0;
  #nowMs = 0;

  constructor(lookaheadMs = 0) {
    this.#lookaheadMs = lookaheadMs;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): void {
    this.#commonLane.after(delayMs, run);
  }

  at(atMs: number, run: () => void): void {
    this.#commonLane.at(atMs, run);
  }

  handAt<Payload>(atMs: number, receiver: Receiver<Payload>, payload: Payload): void {
    this.#commonLane.handAt(atMs, receiver, payload);
  }

  /** The agenda of one who hears of others, and is heard of, no sooner than `lookaheadMs` later. */
  createLane(): Agenda {
    if (this.#lookaheadMs === 0) return this;
    const lane = this.#lanes.length;
    this.#lanes.push(new EventHeap(this.#pool));
    if (lane >= this.#inboxes.length) this.#grow();
    return new Lane(this, lane);
  }

  /** Runs what is due up to then, or until `isDone`; the clock stands there afterwards. */
  runUntil(untilMs: number, isDone: () => boolean = NEVER): void {
    let mayGoOn = !isDone();
    while (mayGoOn && this.#openWindow(untilMs)) {
      mayGoOn = this.#runLanes(untilMs, isDone) && this.#runCommon(untilMs, isDone);
    }
    if (mayGoOn) this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  /** Lets the lanes run for one lookahead, no further than what concerns everybody; false where nothing is due by then. */
  #openWindow(untilMs: number): boolean {
    let dueMs = Infinity;
    for (let lane = 0; lane < this.#lanes.length; lane += 1) {
      dueMs = Math.min(dueMs, this.#dueMs[lane] ?? Infinity);
    }
    const commonMs = this.#common.firstMs;
    this.#endMs = Math.min(dueMs + this.#lookaheadMs, commonMs);
    return Math.min(dueMs, commonMs) <= untilMs;
  }

  #runLanes(untilMs: number, isDone: () => boolean): boolean {
    for (let lane = 0; lane < this.#lanes.length; lane += 1) {
      if ((this.#dueMs[lane] ?? Infinity) >= this.#endMs) continue;
      const heap = this.#lanes[lane];
      if (heap !== undefined && !this.#runLane(heap, lane, untilMs, isDone)) return false;
    }
    return true;
  }

  #runLane(heap: EventHeap, lane: number, untilMs: number, isDone: () => boolean): boolean {
    for (let row = this.#inboxes[lane] ?? -1; row >= 0; row = this.#pool.nextOf(row)) heap.add(row);
    this.#inboxes[lane] = -1;
    this.#lane = lane;
    let mayGoOn = true;
    let dueMs = heap.firstMs;
    while (mayGoOn && dueMs < this.#endMs && dueMs <= untilMs) {
      this.#runFirst(heap);
      mayGoOn = !isDone();
      dueMs = heap.firstMs;
    }
    this.#dueMs[lane] = dueMs;
    this.#lane = COMMON;
    return mayGoOn;
  }

  #runCommon(untilMs: number, isDone: () => boolean): boolean {
    const dueMs = this.#common.firstMs;
    if (dueMs > this.#endMs || dueMs > untilMs) return true;
    while (this.#common.firstMs === dueMs) {
      this.#runFirst(this.#common);
      if (isDone()) return false;
    }
    return true;
  }

  #runFirst(heap: EventHeap): void {
    const row = heap.first;
    heap.removeFirst();
    this.#nowMs = this.#pool.timeOf(row);
    this.#pool.run(row);
  }

  /** Puts an event into a lane. */
  enter(lane: number, atMs: number, receiver: Receiver<unknown>, payload: unknown): void {
    const dueMs = Math.max(atMs, this.#nowMs);
    if (this.#lane !== COMMON && lane !== this.#lane && dueMs < this.#endMs) {
      throw new Error(`an event reaches another lane within ${dueMs - this.#nowMs} ms`);
    }
    const row = this.#pool.enter(dueMs, receiver, payload);
    if (lane === COMMON) this.#common.add(row);
    else if (lane === this.#lane) this.#lanes[lane]?.add(row);
    else {
      this.#pool.link(row, this.#inboxes[lane] ?? -1);
      this.#inboxes[lane] = row;
      if (dueMs < (this.#dueMs[lane] ?? Infinity)) this.#dueMs[lane] = dueMs;
    }
  }

  #grow(): void {
    const capacity = Math.max(64, 2 * this.#inboxes.length);
    const [inboxes, dueMs] = [this.#inboxes, this.#dueMs];
    this.#inboxes = new Int32Array(capacity).fill(-1);
    this.#inboxes.set(inboxes);
    this.#dueMs = new Float64Array(capacity).fill(Infinity);
    this.#dueMs.set(dueMs);
  }
}
