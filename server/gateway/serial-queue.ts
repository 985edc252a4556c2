/** Runs one task at a time, in the order given. */
export class SerialQueue {
  readonly #onFailure: (error: unknown) => void;
  #tail: Promise<void> = Promise.resolve();
  #length = 0;

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** Tasks that wait or run. */
  get length(): number {
    return this.#length;
  }

  add(task: () => Promise<void>): void {
    this.#length += 1;
    this.#tail = this.#run(this.#tail, task);
  }

  async #run(before: Promise<void>, task: () => Promise<void>): Promise<void> {
    await before;
    try {
      await task();
    } catch (error) {
      this.#onFailure(error);
    } finally {
      this.#length -= 1;
    }
  }
}
