import type { EventPool } from './event-pool.ts';

/** A binary heap of rows of the pool, the first event on top. */
export class EventHeap {
  readonly #pool: EventPool;
  readonly #rows: number[] = [];
  #length = 0;

  constructor(pool: EventPool) {
    this.#pool = pool;
  }

  /** The row of the first event, -1 where there is none. */
  get first(): number {
    return this.#length === 0 ? -1 : (this.#rows[0] ?? -1);
  }

  /** When it is due, Infinity where there is none. */
  get firstMs(): number {
    return this.#length === 0 ? Infinity : this.#pool.timeOf(this.#rows[0] ?? -1);
  }

  add(row: number): void {
    const pool = this.#pool;
    const rows = this.#rows;
    let index = this.#length;
    this.#length += 1;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = rows[parentIndex] ?? -1;
      if (!pool.isBefore(row, parent)) break;
      rows[index] = parent;
      index = parentIndex;
    }
    rows[index] = row;
  }

  removeFirst(): void {
    this.#length -= 1;
    if (this.#length > 0) this.#sink(this.#rows[this.#length] ?? -1);
  }

  /** Puts the row in the place of the first, then as deep as it belongs. */
  #sink(row: number): void {
    const pool = this.#pool;
    const rows = this.#rows;
    const length = this.#length;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= length) break;
      const isRight = left + 1 < length && pool.isBefore(rows[left + 1] ?? -1, rows[left] ?? -1);
      const soonerIndex = isRight ? left + 1 : left;
      const sooner = rows[soonerIndex] ?? -1;
      if (!pool.isBefore(sooner, row)) break;
      rows[index] = sooner;
      index = soonerIndex;
    }
    rows[index] = row;
  }
}
