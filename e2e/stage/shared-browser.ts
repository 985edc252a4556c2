interface Closable {
  readonly close: () => Promise<unknown>;
}

/** One browser for all the test files that a worker runs, as long as it lives: to start one takes longer than many tests. */
export class SharedBrowser<Browser extends Closable> {
  readonly #launch: () => Promise<Browser>;
  readonly #isAlive: (browser: Browser) => boolean;
  #browser: Browser | undefined;

  constructor(launch: () => Promise<Browser>, isAlive: (browser: Browser) => boolean) {
    this.#launch = launch;
    this.#isAlive = isAlive;
  }

  async open(): Promise<Browser> {
    if (this.#browser === undefined || !this.#isAlive(this.#browser)) {
      this.#browser = await this.#launch();
    }
    return this.#browser;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    this.#browser = undefined;
  }
}
