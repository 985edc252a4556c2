import type { SpaceState } from './app-state.ts';
import type { Space, SpaceSurroundings } from './space.ts';

/** What takes space is counted once there is something that does, and the code for that fetched then. */
export class LazySpace {
  readonly #open: (surroundings: SpaceSurroundings) => Promise<Space>;
  readonly #surroundings: SpaceSurroundings;
  #space: Space | undefined;
  #isOpening = false;
  /** With so many cards it could not be fetched: it is tried again with another number. */
  #failedCount = 0;

  /** `open` rejects where a part of the page cannot be fetched. */
  constructor(
    open: (surroundings: SpaceSurroundings) => Promise<Space>,
    surroundings: SpaceSurroundings,
  ) {
    this.#open = open;
    this.#surroundings = surroundings;
  }

  get state(): SpaceState | undefined {
    return this.#space?.state;
  }

  /** Called now and then. */
  refresh(cardCount: number): void {
    this.#space?.refresh();
    if (this.#isOpening || cardCount === 0 || cardCount === this.#failedCount) return;
    this.#isOpening = true;
    this.#open(this.#surroundings).then(
      (space) => void (this.#space = space),
      () => {
        this.#failedCount = cardCount;
        this.#isOpening = false;
      },
    );
  }

  clearFinished(): void {
    this.#space?.clearFinished();
  }

  clearAll(): void {
    void this.#space?.clearAll();
  }
}
