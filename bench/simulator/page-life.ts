import type { Agenda } from './lane.ts';

/** The lives of one page, from load to load: what was begun in a former one is void. */
export class PageLife {
  readonly #agenda: Agenda;
  #number = 0;
  #isOpen = false;
  #wakeCount = 0;

  constructor(agenda: Agenda) {
    this.#agenda = agenda;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Counts page loads. */
  get number(): number {
    return this.#number;
  }

  begin(): void {
    this.#number += 1;
    this.#isOpen = true;
  }

  end(): void {
    this.#isOpen = false;
  }

  later(delayMs: number, run: () => void): void {
    const life = this.#number;
    this.#agenda.after(delayMs, () => {
      if (this.#isOpen && life === this.#number) run();
    });
  }

  /** Replaces what was to run at another time before. */
  wakeAt(atMs: number, run: () => void): void {
    this.#wakeCount += 1;
    const wake = this.#wakeCount;
    this.#agenda.at(
      atMs,
      this.guard(() => {
        if (wake === this.#wakeCount) run();
      }),
    );
  }

  /** Does nothing once this life is over. */
  guard<Arguments extends readonly unknown[]>(
    run: (...values: Arguments) => void,
  ): (...values: Arguments) => void {
    const life = this.#number;
    return (...values) => {
      if (this.#isOpen && life === this.#number) run(...values);
    };
  }
}
