import type { SwarmMessage } from '../../shared/wire/messages.ts';
import type { EventQueue } from './event-queue.ts';

/** A channel says that it drained whenever its queue has halved, down to this. */
const LOW_MARK_BYTES = 64 * 1024;

/** Content is modelled: a block is what it should be, or it is not. */
export type Frame =
  | { readonly kind: 'message'; readonly message: SwarmMessage; readonly byteLength: number }
  | {
      readonly kind: 'block';
      readonly piece: number;
      readonly block: number;
      readonly byteLength: number;
      readonly isTrue: boolean;
    };

/** What a host can send in all, shared by its channels in turns of one block. Control frames take no time. */
export class SimulatedUplink {
  readonly #queue: EventQueue;
  /** Channels with frames waiting, whose turn it is first. */
  readonly #turns = new Set<SimulatedChannel>();
  #isSending = false;
  #frozenUntilMs = 0;
  bytesPerSecond: number;
  sentBytes = 0;

  constructor(queue: EventQueue, bytesPerSecond: number) {
    this.#queue = queue;
    this.bytesPerSecond = bytesPerSecond;
  }

  get isFrozen(): boolean {
    return this.#queue.nowMs < this.#frozenUntilMs;
  }

  /** Nothing leaves for so long. */
  freeze(forMs: number): void {
    this.#frozenUntilMs = Math.max(this.#frozenUntilMs, this.#queue.nowMs + forMs);
    this.#queue.after(forMs, () => this.#sendNext());
  }

  /** The channel has something to send. */
  offer(channel: SimulatedChannel): void {
    this.#turns.add(channel);
    if (!this.#isSending) this.#sendNext();
  }

  withdraw(channel: SimulatedChannel): void {
    this.#turns.delete(channel);
  }

  #sendNext(): void {
    if (this.#isSending || this.isFrozen) return;
    for (const channel of this.#turns) {
      this.#turns.delete(channel);
      const burst = channel.takeBurst();
      if (burst.byteLength === 0) {
        channel.deliver(burst);
        continue;
      }
      this.#isSending = true;
      this.#queue.after((burst.byteLength * 1_000) / this.bytesPerSecond, () => {
        this.#isSending = false;
        this.sentBytes += burst.byteLength;
        channel.deliver(burst);
        if (channel.hasMore) this.#turns.add(channel);
        this.#sendNext();
      });
      return;
    }
  }
}

interface Burst {
  readonly frames: readonly Frame[];
  /** Of blocks alone. */
  readonly byteLength: number;
}

interface ChannelOptions {
  readonly queue: EventQueue;
  readonly uplink: SimulatedUplink;
  readonly latencyMs: number;
  readonly onFrame: (frame: Frame) => void;
  readonly onDrain: () => void;
}

/** One direction of a connection: frames arrive in the order sent, after the uplink and the latency. */
export class SimulatedChannel {
  readonly #options: ChannelOptions;
  readonly #frames: Frame[] = [];
  #bufferedBytes = 0;
  #lowMarkBytes = LOW_MARK_BYTES;
  #isSending = false;
  #isClosed = false;

  constructor(options: ChannelOptions) {
    this.#options = options;
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  get hasMore(): boolean {
    return this.#frames.length > 0;
  }

  send(frame: Frame): void {
    if (this.#isClosed) return;
    const { uplink } = this.#options;
    const isIdle = !this.#isSending && this.#frames.length === 0 && !uplink.isFrozen;
    if (frame.kind === 'message' && isIdle) {
      this.#arriveLater([frame]);
      return;
    }
    this.#frames.push(frame);
    this.#bufferedBytes += frame.byteLength;
    this.#lowMarkBytes = Math.max(LOW_MARK_BYTES, this.#bufferedBytes / 2);
    if (!this.#isSending) uplink.offer(this);
  }

  close(): void {
    this.#isClosed = true;
    this.#frames.length = 0;
    this.#options.uplink.withdraw(this);
  }

  /** The control frames in front, and one block. */
  takeBurst(): Burst {
    const firstBlock = this.#frames.findIndex(({ kind }) => kind === 'block');
    const frames = this.#frames.splice(0, firstBlock < 0 ? this.#frames.length : firstBlock + 1);
    this.#isSending = true;
    return { frames, byteLength: firstBlock < 0 ? 0 : (frames.at(-1)?.byteLength ?? 0) };
  }

  /** The burst has left the uplink. */
  deliver({ frames }: Burst): void {
    this.#isSending = false;
    if (this.#isClosed) return;
    const before = this.#bufferedBytes;
    for (const { byteLength } of frames) this.#bufferedBytes -= byteLength;
    this.#arriveLater(frames);
    if (before > this.#lowMarkBytes && this.#bufferedBytes <= this.#lowMarkBytes) {
      this.#lowMarkBytes = Math.max(LOW_MARK_BYTES, this.#bufferedBytes / 2);
      this.#options.queue.after(0, () => {
        if (!this.#isClosed) this.#options.onDrain();
      });
    }
  }

  #arriveLater(frames: readonly Frame[]): void {
    const { queue, latencyMs, onFrame } = this.#options;
    queue.after(latencyMs, () => {
      for (const frame of frames) if (!this.#isClosed) onFrame(frame);
    });
  }
}
