import type { Bytes } from '../../shared/share/bytes.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';

/** Pieces of one write: more bytes in one value gain little, and are longer at risk. */
const MAX_GATHERED_BYTES = 4 * 1024 * 1024;
/** Writes begin at least so far apart, unless enough has gathered: a piece that comes alone is written at once. */
const GATHER_MS = 100;

interface Settle {
  readonly onDone: () => void;
  readonly onFailed: (error: unknown) => void;
}

type Job =
  | ({ readonly kind: 'put'; readonly piece: number; readonly sealed: Bytes } & Settle)
  | ({ readonly kind: 'work'; readonly work: () => Promise<void> } & Settle);

/**
 * Does one thing at a time in the order it was asked for, and gathers pieces that come close together into one write.
 * A write that fails fails its own pieces alone.
 */
export class PieceWriteQueue {
  readonly #clock: Clock;
  readonly #write: (pieces: ReadonlyMap<number, Bytes>) => Promise<void>;
  #jobs: Job[] = [];
  #putBytes = 0;
  #isDraining = false;
  #writtenAtMs = -Infinity;
  #stopWaiting: (() => void) | undefined;

  constructor(clock: Clock, write: (pieces: ReadonlyMap<number, Bytes>) => Promise<void>) {
    this.#clock = clock;
    this.#write = write;
  }

  /** Resolves when the write that has the piece is done. */
  put(piece: number, sealed: Bytes): Promise<void> {
    return this.#add((settle) => ({ kind: 'put', piece, sealed, ...settle }), sealed.byteLength);
  }

  /** After everything put before, and before everything put after. */
  run(work: () => Promise<void>): Promise<void> {
    return this.#add((settle) => ({ kind: 'work', work, ...settle }), 0);
  }

  #add(makeJob: (settle: Settle) => Job, putBytes: number): Promise<void> {
    return new Promise((onDone, onFailed) => {
      this.#jobs.push(makeJob({ onDone, onFailed }));
      this.#putBytes += putBytes;
      if (!this.#isDraining) void this.#drain();
      else if (putBytes === 0 || this.#putBytes >= MAX_GATHERED_BYTES) this.#stopWaiting?.();
    });
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    // What one task hands over belongs together, the first one included.
    await Promise.resolve();
    while (this.#jobs.length > 0) {
      await this.#gather();
      const jobs = this.#take();
      await this.#carryOut(jobs);
    }
    this.#isDraining = false;
  }

  async #gather(): Promise<void> {
    const isUrgent = this.#jobs.some(({ kind }) => kind === 'work');
    const waitMs = this.#writtenAtMs + GATHER_MS - this.#clock.nowMs();
    if (isUrgent || this.#putBytes >= MAX_GATHERED_BYTES || waitMs <= 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.schedule(waitMs, resolve);
      this.#stopWaiting = () => {
        cancel();
        resolve();
      };
    });
    this.#stopWaiting = undefined;
  }

  /** Pieces up to the next other work, or that work alone. */
  #take(): Job[] {
    let count = 0;
    let bytes = 0;
    for (const job of this.#jobs) {
      if (job.kind === 'work') {
        count = Math.max(1, count);
        break;
      }
      bytes += job.sealed.byteLength;
      if (count > 0 && bytes > MAX_GATHERED_BYTES) {
        bytes -= job.sealed.byteLength;
        break;
      }
      count += 1;
    }
    this.#putBytes -= bytes;
    return this.#jobs.splice(0, count);
  }

  async #carryOut(jobs: readonly Job[]): Promise<void> {
    const pieces = new Map<number, Bytes>();
    for (const job of jobs) if (job.kind === 'put') pieces.set(job.piece, job.sealed);
    try {
      if (pieces.size > 0) {
        this.#writtenAtMs = this.#clock.nowMs();
        await this.#write(pieces);
      }
      for (const job of jobs) if (job.kind === 'work') await job.work();
      for (const { onDone } of jobs) onDone();
    } catch (error) {
      for (const { onFailed } of jobs) onFailed(error);
    }
  }
}
