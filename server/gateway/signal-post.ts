import type { RelayedSignal } from '../../shared/tracker/signal.ts';
import {
  BUSY_DELAY_MS,
  MAX_SIGNALS_WAITING,
  MAX_SIGNAL_BYTES_WAITING,
  SIGNAL_OVERHEAD_BYTES,
} from './gateway-limits.ts';
import { measureQueue } from './outbound-queue.ts';
import type { SignalSender } from './signal-window.ts';
import { SignalWindow } from './signal-window.ts';

/** As much of Socket.IO's socket as this needs. */
interface ReceiverSocket {
  readonly conn: object;
  emit: (event: 'signal', signal: RelayedSignal) => unknown;
}

/** Hands signals to those they are for, and holds back what would be too much for one of them. */
export class SignalPost {
  readonly #sockets: ReadonlyMap<string, ReceiverSocket>;
  readonly #nowMs: () => number;
  /** Of those who were sent something lately; the one that ends first comes first. */
  readonly #windows = new Map<string, SignalWindow>();

  /** `nowMs` comes from a clock that never goes back. */
  constructor(sockets: ReadonlyMap<string, ReceiverSocket>, nowMs: () => number) {
    this.#sockets = sockets;
    this.#nowMs = nowMs;
  }

  /** Windows in memory. */
  get size(): number {
    return this.#windows.size;
  }

  /** 0 where it was sent, else the whole milliseconds to wait before another try; undefined without such a peer. */
  deliver(to: string, sender: SignalSender, signal: RelayedSignal): number | undefined {
    const socket = this.#sockets.get(to);
    if (socket === undefined) return undefined;
    const nowMs = this.#nowMs();
    const window = this.#windowOf(to, nowMs);
    const bytes = signal.data.length + SIGNAL_OVERHEAD_BYTES;
    const room = window.computeRoom(sender, bytes);
    if (room < 0) return Math.ceil(window.endsMs - nowMs);
    // Whoever has had much has to stop sooner, and leaves what a slow line takes to others.
    if (computeFullness(socket.conn) > room) return BUSY_DELAY_MS;
    window.record(sender, bytes);
    socket.emit('signal', signal);
    return 0;
  }

  #windowOf(to: string, nowMs: number): SignalWindow {
    for (const [peerId, { endsMs }] of this.#windows) {
      if (endsMs > nowMs) break;
      this.#windows.delete(peerId);
    }
    const window = this.#windows.get(to) ?? new SignalWindow(nowMs);
    this.#windows.set(to, window);
    return window;
  }
}

/** From 0 where nothing waits to be sent there, to 1 and more where no signal should be added. */
function computeFullness(engineSocket: object): number {
  const { messages, bytes } = measureQueue(engineSocket);
  return Math.max(messages / MAX_SIGNALS_WAITING, bytes / MAX_SIGNAL_BYTES_WAITING);
}
