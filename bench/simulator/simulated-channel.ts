import type { Random } from '../../shared/swarm/random.ts';
import type { EventQueue } from './event-queue.ts';
import type { Burst, Frame } from './frame.ts';
import type { SimulatedDownlink } from './simulated-downlink.ts';
import type { SimulatedUplink } from './simulated-uplink.ts';
import { CongestionWindow, countPackets, drawLoss } from './congestion-window.ts';

/** A channel says that it drained whenever its queue has halved, down to this. */
const LOW_MARK_BYTES = 64 * 1024;
/** What dcSCTP waits at least before it sends again what nothing tells it was lost. */
const MIN_RETRANSMISSION_MS = 400;
const DRAWS = 2 ** 30;

/** What lies between two hosts; it may change while frames are under way. */
export interface Path {
  /** One way. */
  readonly latencyMs: number;
  /** Of packets, from 0 to 1. */
  readonly lossRate: number;
}

interface ChannelOptions {
  readonly queue: EventQueue;
  readonly random: Random;
  readonly uplink: SimulatedUplink;
  readonly downlink: SimulatedDownlink;
  readonly path: Path;
  readonly onFrame: (frame: Frame) => void;
  readonly onDrain: () => void;
}

/**
 * One direction of a connection: reliable and in order, as a data channel is. A frame takes its turn on the uplink,
 * no faster than the congestion window lets it, then the latency, then its turn on the downlink. What is lost is
 * sent again, which holds up everything behind it.
 */
export class SimulatedChannel {
  readonly #options: ChannelOptions;
  readonly #window = new CongestionWindow();
  readonly #frames: Frame[] = [];
  #bufferedBytes = 0;
  #lowMarkBytes = LOW_MARK_BYTES;
  #isSending = false;
  #isClosed = false;
  /** From when on the window lets another burst go. */
  #openAtMs = 0;
  #lastArrivalMs = 0;
  /** Bursts that wait for the downlink. */
  #receivingCount = 0;

  constructor(options: ChannelOptions) {
    this.#options = options;
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  send(frame: Frame): void {
    if (this.#isClosed) return;
    const isIdle = !this.#isSending && this.#frames.length === 0 && !this.#options.uplink.isFrozen;
    if (frame.kind === 'message' && isIdle) {
      this.#arriveLater([frame], 0);
      return;
    }
    this.#frames.push(frame);
    this.#bufferedBytes += frame.byteLength;
    this.#lowMarkBytes = Math.max(LOW_MARK_BYTES, this.#bufferedBytes / 2);
    if (!this.#isSending) this.#offer();
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

  /** The burst has left the uplink, which took so long. */
  deliver({ frames, byteLength }: Burst, tookMs: number): void {
    this.#isSending = false;
    if (this.#isClosed) return;
    const before = this.#bufferedBytes;
    for (const frame of frames) this.#bufferedBytes -= frame.byteLength;
    this.#pace(byteLength, tookMs);
    this.#arriveLater(frames, byteLength);
    if (before > this.#lowMarkBytes && this.#bufferedBytes <= this.#lowMarkBytes) {
      this.#lowMarkBytes = Math.max(LOW_MARK_BYTES, this.#bufferedBytes / 2);
      this.#options.queue.after(0, () => {
        if (!this.#isClosed) this.#options.onDrain();
      });
    }
    if (this.#frames.length > 0) this.#offer();
  }

  /** Asks for a turn on the uplink, once the window is open. */
  #offer(): void {
    const { queue, uplink } = this.#options;
    if (this.#openAtMs <= queue.nowMs) {
      uplink.offer(this);
      return;
    }
    this.#isSending = true;
    queue.at(this.#openAtMs, () => {
      this.#isSending = false;
      if (!this.#isClosed && this.#frames.length > 0) uplink.offer(this);
    });
  }

  #pace(byteLength: number, tookMs: number): void {
    if (byteLength === 0) return;
    const { queue, path } = this.#options;
    const windowMs = this.#window.computeSendMs(byteLength, 2 * path.latencyMs);
    this.#openAtMs = queue.nowMs + windowMs - tookMs;
    this.#window.recordAcknowledged(byteLength);
  }

  #arriveLater(frames: readonly Frame[], byteLength: number): void {
    const { queue, path } = this.#options;
    const arrivalMs = queue.nowMs + path.latencyMs + this.#drawResendMs(byteLength);
    // Later than what went before, though that may have been lost at first.
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, arrivalMs);
    queue.at(this.#lastArrivalMs, () => this.#arrive(frames, byteLength));
  }

  #drawResendMs(byteLength: number): number {
    const { path, random } = this.#options;
    if (path.lossRate === 0) return 0;
    const loss = drawLoss(countPackets(byteLength), path.lossRate, random.below(DRAWS) / DRAWS);
    if (loss === 'none') return 0;
    this.#window.recordLoss();
    const isGivenAway = loss === 'inside' || this.#frames.length > 0;
    const roundTripMs = 2 * path.latencyMs;
    return isGivenAway ? roundTripMs : Math.max(MIN_RETRANSMISSION_MS, 2 * roundTripMs);
  }

  #arrive(frames: readonly Frame[], byteLength: number): void {
    if (this.#isClosed) return;
    const { downlink } = this.#options;
    const mustWait = downlink.isLimited && (byteLength > 0 || this.#receivingCount > 0);
    if (!mustWait) {
      this.#receive(frames);
      return;
    }
    this.#receivingCount += 1;
    downlink.receive(byteLength, () => {
      this.#receivingCount -= 1;
      this.#receive(frames);
    });
  }

  #receive(frames: readonly Frame[]): void {
    for (const frame of frames) if (!this.#isClosed) this.#options.onFrame(frame);
  }
}
