import type { Bytes } from '../share/bytes.ts';
import type { FurtherStrands } from './further-strands.ts';
import type { Clock } from './ports/clock.ts';
import type { Connection, ConnectionEvents } from './ports/transport.ts';
import { MAX_WAITING_STRAND_SIGNALS } from './limits.ts';

export interface StrandsOptions {
  readonly clock: Clock;
  /** The first strand: both ends prove on it who they are. */
  readonly first: Connection;
  readonly connect: (end: 'initiator' | 'responder', events: ConnectionEvents) => Connection;
  readonly say: (envelope: Bytes) => void;
  /** Whether this tab can do with one more. */
  readonly hasRoom: () => boolean;
  readonly events: {
    readonly onFrame: (frame: Bytes) => void;
    readonly onDrain: () => void;
    readonly onCount: (count: number) => void;
    /** A strand that was open has failed, or is not with the peer that it should be with. */
    readonly onBroken: () => void;
  };
}

/**
 * All connections between this tab and one peer. The first carries everything; the others carry blocks alone. Each has
 * a congestion window of its own, so that on a long or lossy way several carry more than one.
 */
export class Strands {
  readonly #options: StrandsOptions;
  /** Most peers never need them: loaded when they are first spoken of. */
  #loading: Promise<FurtherStrands | undefined> | undefined;
  #further: FurtherStrands | undefined;
  #waitingCount = 0;
  #isClosed = false;

  constructor(options: StrandsOptions) {
    this.#options = options;
  }

  /** Beside the first, those that are not open yet included. */
  get furtherCount(): number {
    return this.#further?.count ?? 0;
  }

  /** Handed over and not passed on, over all of them. */
  get bufferedBytes(): number {
    return this.#options.first.bufferedBytes + (this.#further?.bufferedBytes ?? 0);
  }

  /** Makes as many as are missing of so many in all. Those that do not come about are not told of. */
  async widen(count: number): Promise<void> {
    (await this.#load())?.widen(count - 1);
  }

  /** What the other end says of a strand; what makes no sense is ignored. */
  async receive(envelope: Bytes): Promise<void> {
    if (this.#waitingCount >= MAX_WAITING_STRAND_SIGNALS) return;
    this.#waitingCount += 1;
    const further = await this.#load();
    this.#waitingCount -= 1;
    further?.receive(envelope);
  }

  /** Over the one with the least before it. */
  sendBlock(frame: Bytes): void {
    const { first } = this.#options;
    if (this.#further?.sendBelow(first.bufferedBytes, frame) !== true) first.send(frame);
  }

  close(): void {
    this.#isClosed = true;
    this.#further?.close();
  }

  async #load(): Promise<FurtherStrands | undefined> {
    this.#loading ??= import('./further-strands.ts').then(
      (part) => (this.#further = new part.FurtherStrands(this.#options)),
      // Without them the first carries all.
      () => undefined,
    );
    const further = await this.#loading;
    return this.#isClosed ? undefined : further;
  }
}
