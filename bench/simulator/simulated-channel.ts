import type { Random } from '../../shared/swarm/random.ts';
import type { Agenda } from './lane.ts';
import type { Burst, Frame } from './frame.ts';
import type { SimulatedDownlink } from './simulated-downlink.ts';
import type { SimulatedUplink } from './simulated-uplink.ts';
import { CongestionWindow, countPackets, drawLoss } from './congestion-window.ts';
import { computeBlockBytes, computeFrameBytes } from './frame.ts';

/** A channel says that it drained whenever what it holds has halved, down to this. */
const LOW_MARK_BYTES = 4 * 1024;
/** What dcSCTP waits at least before it sends again what nothing tells it was lost. */
const MIN_RETRANSMISSION_MS = 400;
const DRAWS = 2 ** 30;
/** As packets of their own so many control frames are about a block. */
const MAX_FRAMES_A_TURN = 256;

/** What lies between two hosts. */
export interface Path {
  /** One way. */
  readonly latencyMs: number;
  /** Of packets, from 0 to 1. */
  readonly lossRate: number;
}

interface ChannelSender {
  recordDrained: (bufferedBytes: number) => void;
}

interface ChannelReceiver {
  receive: (frame: Frame) => void;
}

export interface ChannelOptions {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly uplink: SimulatedUplink;
  readonly downlink: SimulatedDownlink;
  readonly path: Path;
  readonly sender: ChannelSender;
}

/**
 * One direction of a connection: reliable and in order, as a data channel is. A frame takes its turn on the uplink,
 * no faster than the congestion window lets it, then the latency, then its turn on the downlink. What is lost is
 * sent again, which holds up everything behind it.
 */
export class SimulatedChannel {
  readonly #agenda: Agenda;
  readonly #uplink: SimulatedUplink;
  readonly #downlink: SimulatedDownlink;
  #isSending = false;
  #isClosed = false;
  /** Bursts that wait for the downlink. */
  #receivingCount = 0;
  receiver: ChannelReceiver | undefined;
  #path: Path;
  /** When what was sent last arrives: it may have been lost at first, or gone a longer way. */
  #notBeforeMs = 0;
  readonly #frames: Frame[] = [];
  #bufferedBytes = 0;
  #hasStalled = false;
  /** Handed to the one of several connections that carries nothing more. */
  #stuckBytes = 0;
  #lowMarkBytes = LOW_MARK_BYTES;
  /** From when on the window lets another burst go. */
  #openAtMs = 0;
  readonly #window = new CongestionWindow();
  readonly #random: Random;
  readonly #sender: ChannelSender;

  constructor({ agenda, random, uplink, downlink, path, sender }: ChannelOptions) {
    this.#agenda = agenda;
    this.#random = random;
    this.#uplink = uplink;
    this.#downlink = downlink;
    this.#path = path;
    this.#sender = sender;
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes + this.#stuckBytes;
  }

  /** One of several connections stays open and carries nothing more. It is given blocks while it holds no more than the others. */
  stallOne(): void {
    this.#hasStalled = true;
  }

  /** Frames may be under way. */
  changePath(path: Path): void {
    this.#path = path;
  }

  /** Further connections share the blocks. All arrives in order as before, where in truth each holds up its own alone. */
  widen(connections: number): void {
    this.#window.widen(connections);
  }

  send(frame: Frame): void {
    if (this.#isClosed) return;
    const byteLength = computeFrameBytes(frame);
    const isLeastFull = this.#stuckBytes <= this.#bufferedBytes;
    if (this.#hasStalled && isLeastFull && frame.type === 'block') {
      this.#stuckBytes += byteLength;
      return;
    }
    this.#frames.push(frame);
    this.#bufferedBytes += byteLength;
    this.#lowMarkBytes = Math.max(LOW_MARK_BYTES, this.#bufferedBytes / 2);
    if (!this.#isSending) this.#offer();
  }

  close(): void {
    this.#isClosed = true;
    this.#frames.length = 0;
    this.#uplink.withdraw(this);
  }

  /** The control frames in front, and one block: no more of them than weigh as much. */
  takeBurst(): Burst {
    this.#isSending = true;
    const [first] = this.#frames;
    if (first !== undefined && (first.type === 'block' || this.#frames.length === 1)) {
      this.#frames.shift();
      return first;
    }
    let count = 0;
    while (count < Math.min(this.#frames.length, MAX_FRAMES_A_TURN)) {
      count += 1;
      if (this.#frames[count - 1]?.type === 'block') break;
    }
    return this.#frames.splice(0, count);
  }

  /** The burst has left the uplink, or will have then, which takes so long. */
  deliver(burst: Burst, tookMs: number, leftAtMs: number): void {
    this.#isSending = false;
    if (this.#isClosed) return;
    const before = this.#bufferedBytes;
    this.#bufferedBytes -= computeBurstBytes(burst);
    const blockBytes = computeBlockBytes(burst);
    this.#pace(blockBytes, tookMs);
    this.#arriveLater(burst, blockBytes, leftAtMs);
    if (before > this.#lowMarkBytes && this.#bufferedBytes <= this.#lowMarkBytes) {
      this.#lowMarkBytes = Math.max(LOW_MARK_BYTES, this.#bufferedBytes / 2);
      this.#agenda.after(0, () => {
        if (!this.#isClosed) this.#sender.recordDrained(this.bufferedBytes);
      });
    }
    if (this.#frames.length > 0) this.#offer();
  }

  /** The burst has come to the downlink. */
  handle(burst: Burst): void {
    if (this.#isClosed) return;
    if (!this.#downlink.isLimited) {
      this.#receive(burst);
      return;
    }
    if (this.#receivingCount === 0 && computeBlockBytes(burst) === 0) {
      this.#downlink.recordControl(burst);
      this.#receive(burst);
      return;
    }
    this.#receivingCount += 1;
    this.#downlink.receive(this, burst);
  }

  /** The burst has come through the downlink. */
  receiveWaiting(burst: Burst): void {
    this.#receivingCount -= 1;
    this.#receive(burst);
  }

  /** Asks for a turn on the uplink, once the window is open. */
  #offer(): void {
    if (this.#openAtMs <= this.#agenda.nowMs) {
      this.#uplink.offer(this);
      return;
    }
    this.#isSending = true;
    this.#agenda.at(this.#openAtMs, () => {
      this.#isSending = false;
      if (!this.#isClosed && this.#frames.length > 0) this.#uplink.offer(this);
    });
  }

  #pace(byteLength: number, tookMs: number): void {
    if (byteLength === 0) return;
    const windowMs = this.#window.computeSendMs(byteLength, 2 * this.#path.latencyMs);
    this.#openAtMs = this.#agenda.nowMs + windowMs - tookMs;
    this.#window.recordAcknowledged(byteLength);
  }

  #arriveLater(burst: Burst, byteLength: number, leftAtMs: number): void {
    const { latencyMs, lossRate } = this.#path;
    const resendMs = lossRate === 0 ? 0 : this.#drawResendMs(byteLength);
    const arrivalMs = Math.max(this.#notBeforeMs, leftAtMs + latencyMs + resendMs);
    this.#notBeforeMs = arrivalMs;
    this.#downlink.expect(arrivalMs, this, burst);
  }

  #drawResendMs(byteLength: number): number {
    const { latencyMs, lossRate } = this.#path;
    const draw = this.#random.below(DRAWS) / DRAWS;
    const loss = drawLoss(countPackets(byteLength), lossRate, draw);
    if (loss === 'none') return 0;
    this.#window.recordLoss();
    const isGivenAway = loss === 'inside' || this.#frames.length > 0;
    const roundTripMs = 2 * latencyMs;
    return isGivenAway ? roundTripMs : Math.max(MIN_RETRANSMISSION_MS, 2 * roundTripMs);
  }

  #receive(burst: Burst): void {
    if ('type' in burst) {
      if (!this.#isClosed) this.receiver?.receive(burst);
      return;
    }
    for (const frame of burst) if (!this.#isClosed) this.receiver?.receive(frame);
  }
}

function computeBurstBytes(burst: Burst): number {
  if ('type' in burst) return computeFrameBytes(burst);
  return burst.reduce((sum, frame) => sum + computeFrameBytes(frame), 0);
}
