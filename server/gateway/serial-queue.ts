import type { Awaitable } from '../registry/registry.ts';

type Task = () => Awaitable<void>;

/** Runs one task at a time, in the order given; the first at once. */
export class SerialQueue {
  readonly #onFailure: (error: unknown) => void;
  readonly #waiting: Task[] = [];
  #isBusy = false;

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** Tasks that wait or run. */
  get length(): number {
    return this.#waiting.length + (this.#isBusy ? 1 : 0);
  }

  add(task: Task): void {
    if (this.#isBusy) this.#waiting.push(task);
    else this.#work(task);
  }

  #work(first: Task): void {
    this.#isBusy = true;
    for (let task: Task | undefined = first; task !== undefined; task = this.#waiting.shift()) {
      const end = this.#start(task);
      if (end === undefined) continue;
      void end.then(() => this.#goOn());
      return;
    }
    this.#isBusy = false;
  }

  #goOn(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#isBusy = false;
    else this.#work(next);
  }

  /** Undefined where the task is done already. */
  #start(task: Task): Promise<void> | undefined {
    try {
      const end = task();
      return end instanceof Promise ? end.catch(this.#onFailure) : undefined;
    } catch (error) {
      this.#onFailure(error);
      return undefined;
    }
  }
}
