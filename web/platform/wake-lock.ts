/** Keeps the screen on while that is wanted, as long as the browser lets it. It lets go of it in a page out of sight. */
export class ScreenWakeLock {
  readonly #locks: Pick<WakeLock, 'request'> | undefined;
  #isWanted = false;
  #isAsking = false;
  #sentinel: WakeLockSentinel | undefined;

  /** `locks`: undefined where the browser has none. */
  constructor(locks: Pick<WakeLock, 'request'> | undefined) {
    this.#locks = locks;
  }

  set(isWanted: boolean): void {
    this.#isWanted = isWanted;
    if (isWanted) void this.#take();
    else this.#release();
  }

  async #take(): Promise<void> {
    if (this.#isAsking || this.#sentinel?.released === false) return;
    this.#isAsking = true;
    // Refused, as where the battery is low: the next time that it is wanted it is tried again.
    this.#sentinel = await this.#locks?.request('screen').catch(() => undefined);
    this.#isAsking = false;
    if (!this.#isWanted) this.#release();
  }

  #release(): void {
    void this.#sentinel?.release();
    this.#sentinel = undefined;
  }
}
