import { createRandom } from '../../shared/swarm/random.ts';

/** One direction of a line between two hosts. */
export interface LineShape {
  readonly bytesPerSecond: number;
  /** From one end to the other, for a packet that finds the line free. */
  readonly delayMs: number;
  /** Of the packets, 0 to 1, whichever they are. */
  readonly lossRate: number;
  /** What may wait for the line. More is dropped. */
  readonly queueMs: number;
}

/** Of an IPv4 packet and the UDP datagram in it. */
const HEADER_BYTES = 28;
const LOSS_STEPS = 1_000_000;

interface WaitingPacket {
  readonly dueAtMs: number;
  readonly deliver: () => void;
}

/** Carries packets in the order in which they come, as a wire with a queue before it does. */
export class ShapedLine {
  readonly #shape: LineShape;
  readonly #random;
  readonly #waiting: WaitingPacket[] = [];
  #freeAtMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(shape: LineShape, seed: number) {
    this.#shape = shape;
    this.#random = createRandom(seed);
  }

  carry(byteLength: number, deliver: () => void): void {
    const { bytesPerSecond, delayMs, lossRate, queueMs } = this.#shape;
    const nowMs = performance.now();
    if (this.#freeAtMs - nowMs > queueMs) return;
    const sendMs = (1_000 * (byteLength + HEADER_BYTES)) / bytesPerSecond;
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + sendMs;
    // What is lost has taken its time on the line.
    if (this.#random.below(LOSS_STEPS) < lossRate * LOSS_STEPS) return;
    this.#waiting.push({ dueAtMs: this.#freeAtMs + delayMs, deliver });
    this.#timer ??= this.#wait();
  }

  /** What is on its way is lost. */
  cut(): void {
    clearTimeout(this.#timer);
    this.#waiting.length = 0;
  }

  #wait(): ReturnType<typeof setTimeout> | undefined {
    const [first] = this.#waiting;
    if (first === undefined) return undefined;
    return setTimeout(() => this.#deliver(), first.dueAtMs - performance.now());
  }

  #deliver(): void {
    const nowMs = performance.now();
    const stillAway = this.#waiting.findIndex(({ dueAtMs }) => dueAtMs > nowMs);
    const due = this.#waiting.splice(0, stillAway === -1 ? this.#waiting.length : stillAway);
    this.#timer = this.#wait();
    for (const { deliver } of due) deliver();
  }
}
