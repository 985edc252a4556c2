const SLOT_MS = 250;
const SLOT_COUNT = 12;

/** Bytes per second over the last three seconds, or since the first byte where that is less. */
export class RateMeter {
  readonly #slots = Array.from({ length: SLOT_COUNT }, () => 0);
  #newestSlot = 0;
  #firstMs: number | undefined;
  #total = 0;

  get totalBytes(): number {
    return this.#total;
  }

  record(bytes: number, nowMs: number): void {
    this.#advance(nowMs);
    this.#firstMs ??= nowMs;
    this.#total += bytes;
    const slot = this.#newestSlot % SLOT_COUNT;
    this.#slots[slot] = (this.#slots[slot] ?? 0) + bytes;
  }

  computeBytesPerSecond(nowMs: number): number {
    if (this.#firstMs === undefined) return 0;
    this.#advance(nowMs);
    let bytes = 0;
    for (const slot of this.#slots) bytes += slot;
    const currentSlotMs = nowMs - this.#newestSlot * SLOT_MS;
    const coveredMs = (SLOT_COUNT - 1) * SLOT_MS + currentSlotMs;
    const elapsedMs = Math.max(SLOT_MS, Math.min(coveredMs, nowMs - this.#firstMs));
    return (bytes * 1000) / elapsedMs;
  }

  #advance(nowMs: number): void {
    const slot = Math.floor(nowMs / SLOT_MS);
    if (slot - this.#newestSlot >= SLOT_COUNT) this.#slots.fill(0);
    else for (let i = this.#newestSlot + 1; i <= slot; i += 1) this.#slots[i % SLOT_COUNT] = 0;
    if (slot > this.#newestSlot) this.#newestSlot = slot;
  }
}
