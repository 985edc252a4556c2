import type { Clock } from '../../shared/swarm/ports/clock.ts';

/** What one write takes: more bytes in one value gain little, and are longer at risk. */
const MAX_GATHERED_BYTES = 4 * 1024 * 1024;

interface Settle {
  readonly onDone: () => void;
  readonly onFailed: (error: unknown) => void;
}

type Job<Item> =
  | ({ readonly kind: 'item'; readonly item: Item; readonly byteLength: number } & Settle)
  | ({ readonly kind: 'work'; readonly work: () => Promise<void> } & Settle);

export interface GatheringQueueOptions<Item> {
  readonly clock: Clock;
  /**
   * Writes begin at least so far apart, unless enough has gathered: what comes alone is written at once. Nothing that a
   * transfer waits for may be held up so, because a hidden tab's timers are slow; 0 needs none.
   */
  readonly gatherMs: number;
  readonly write: (items: readonly Item[]) => Promise<void>;
}

/**
 * Does one thing at a time in the order it was asked for, and gathers items that come close together into one write:
 * every transaction costs a database as much as many bytes do. A write that fails fails its own items alone.
 */
export class GatheringQueue<Item> {
  readonly #options: GatheringQueueOptions<Item>;
  #jobs: Job<Item>[] = [];
  #waitingBytes = 0;
  #isDraining = false;
  #writtenAtMs = -Infinity;
  #stopWaiting: (() => void) | undefined;

  constructor(options: GatheringQueueOptions<Item>) {
    this.#options = options;
  }

  /** Resolves when the write that has the item is done. */
  add(item: Item, byteLength: number): Promise<void> {
    return this.#push((settle) => ({ kind: 'item', item, byteLength, ...settle }));
  }

  /** After everything added before, and before everything added after. */
  run(work: () => Promise<void>): Promise<void> {
    return this.#push((settle) => ({ kind: 'work', work, ...settle }));
  }

  #push(makeJob: (settle: Settle) => Job<Item>): Promise<void> {
    return new Promise((onDone, onFailed) => {
      const job = makeJob({ onDone, onFailed });
      this.#jobs.push(job);
      if (job.kind === 'item') this.#waitingBytes += job.byteLength;
      if (!this.#isDraining) void this.#drain();
      else if (this.#isUrgent) this.#stopWaiting?.();
    });
  }

  get #isUrgent(): boolean {
    return (
      this.#waitingBytes >= MAX_GATHERED_BYTES || this.#jobs.some(({ kind }) => kind === 'work')
    );
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    // What one task hands over belongs together, the first one included.
    await Promise.resolve();
    while (this.#jobs.length > 0) {
      await this.#gather();
      await this.#carryOut(this.#take());
    }
    this.#isDraining = false;
  }

  async #gather(): Promise<void> {
    const { clock, gatherMs } = this.#options;
    const waitMs = this.#writtenAtMs + gatherMs - clock.nowMs();
    if (this.#isUrgent || waitMs <= 0) return;
    await new Promise<void>((resolve) => {
      const cancel = clock.schedule(waitMs, resolve);
      this.#stopWaiting = () => {
        cancel();
        resolve();
      };
    });
    this.#stopWaiting = undefined;
  }

  /** Items up to the next other work, or that work alone. */
  #take(): Job<Item>[] {
    let count = 0;
    let bytes = 0;
    for (const job of this.#jobs) {
      if (job.kind === 'work') {
        count = Math.max(1, count);
        break;
      }
      if (count > 0 && bytes + job.byteLength > MAX_GATHERED_BYTES) break;
      bytes += job.byteLength;
      count += 1;
    }
    this.#waitingBytes -= bytes;
    return this.#jobs.splice(0, count);
  }

  async #carryOut(jobs: readonly Job<Item>[]): Promise<void> {
    const items = jobs.flatMap((job) => (job.kind === 'item' ? [job.item] : []));
    try {
      if (items.length > 0) {
        this.#writtenAtMs = this.#options.clock.nowMs();
        await this.#options.write(items);
      }
      for (const job of jobs) if (job.kind === 'work') await job.work();
      for (const { onDone } of jobs) onDone();
    } catch (error) {
      for (const { onFailed } of jobs) onFailed(error);
    }
  }
}
