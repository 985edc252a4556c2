/** What an event is handed to when it is due. One object may wait for many, so that none needs a closure of its own. */
export interface Receiver<Payload> {
  handle(payload: Payload): void;
}

const FIRST_CAPACITY = 1024;

/** Waiting events as rows of a table: in a large swarm there are a million, and an object each would fill the memory. */
export class EventPool {
  #atMs = new Float64Array(FIRST_CAPACITY);
  #orders = new Float64Array(FIRST_CAPACITY);
  /** Links the rows of one list, free ones too; -1 ends it. */
  #nexts = new Int32Array(FIRST_CAPACITY);
  readonly #receivers: (Receiver<unknown> | undefined)[] = [];
  readonly #payloads: unknown[] = [];
  #firstFree = -1;
  #rowCount = 0;
  #order = 0;

  /** Returns the row; of two at the same time the one entered first comes first. */
  enter(atMs: number, receiver: Receiver<unknown>, payload: unknown): number {
    const row = this.#takeFree();
    this.#atMs[row] = atMs;
    this.#orders[row] = this.#order;
    this.#order += 1;
    this.#receivers[row] = receiver;
    this.#payloads[row] = payload;
    return row;
  }

  /** Frees the row and runs what was in it. */
  run(row: number): void {
    const receiver = this.#receivers[row];
    const payload = this.#payloads[row];
    this.#receivers[row] = undefined;
    this.#payloads[row] = undefined;
    this.#nexts[row] = this.#firstFree;
    this.#firstFree = row;
    receiver?.handle(payload);
  }

  timeOf(row: number): number {
    return this.#atMs[row] ?? 0;
  }

  nextOf(row: number): number {
    return this.#nexts[row] ?? -1;
  }

  link(row: number, next: number): void {
    this.#nexts[row] = next;
  }

  isBefore(a: number, b: number): boolean {
    const aMs = this.#atMs[a] ?? 0;
    const bMs = this.#atMs[b] ?? 0;
    return aMs < bMs || (aMs === bMs && (this.#orders[a] ?? 0) < (this.#orders[b] ?? 0));
  }

  #takeFree(): number {
    const free = this.#firstFree;
    if (free >= 0) {
      this.#firstFree = this.#nexts[free] ?? -1;
      return free;
    }
    const row = this.#rowCount;
    this.#rowCount += 1;
    if (row === this.#atMs.length) this.#grow();
    return row;
  }

  #grow(): void {
    const capacity = 2 * this.#atMs.length;
    const [atMs, orders, nexts] = [this.#atMs, this.#orders, this.#nexts];
    this.#atMs = new Float64Array(capacity);
    this.#atMs.set(atMs);
    this.#orders = new Float64Array(capacity);
    this.#orders.set(orders);
    this.#nexts = new Int32Array(capacity);
    this.#nexts.set(nexts);
  }
}
