import type { IncomingMessage } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';

import type { Limit } from '../metrics/tally.ts';
import { GOODBYE_MS, MAX_UNREAD_BYTES } from './gateway-limits.ts';
import { measureQueue } from './outbound-queue.ts';

/** As much of Engine.IO's socket as this needs. */
interface EngineSocket {
  readonly request: IncomingMessage;
  readonly transport: {
    on: (event: 'ready', listener: () => void) => unknown;
    off: (event: 'ready', listener: () => void) => unknown;
  };
  close: () => unknown;
}

/** What goes beyond a limit below Socket.IO is ended without a goodbye. */
export interface Droppable {
  drop: (limit: Limit) => void;
}

/** One websocket, below Socket.IO: whom it counts for, and how to be rid of it. It becomes one peer, once. */
export class Connection implements Droppable {
  readonly address: string;
  readonly #engineSocket: EngineSocket;
  readonly #tcpSocket: TcpSocket;
  readonly #onDropped: (limit: Limit) => void;
  #isTaken = false;
  #isEnding = false;

  constructor(engineSocket: EngineSocket, address: string, onDropped: (limit: Limit) => void) {
    this.address = address;
    this.#engineSocket = engineSocket;
    this.#tcpSocket = engineSocket.request.socket;
    this.#onDropped = onDropped;
  }

  /** Calls back when the operating system has nothing of it any more. */
  onClosed(listener: () => void): void {
    this.#tcpSocket.on('close', listener);
  }

  /** Resolves when little enough waits for the other end to read it, or it is gone; undefined where that is so. */
  whenRead(): Promise<void> | undefined {
    if (!this.#hasMuchUnread()) return undefined;
    const { transport } = this.#engineSocket;
    return new Promise((resolve) => {
      const check = (): void => {
        if (!this.#tcpSocket.destroyed && this.#hasMuchUnread()) return;
        transport.off('ready', check);
        this.#tcpSocket.off('close', check);
        resolve();
      };
      transport.on('ready', check);
      this.#tcpSocket.on('close', check);
    });
  }

  /** Whether it was free to become a peer until now. */
  take(): boolean {
    const isFree = !this.#isTaken;
    this.#isTaken = true;
    return isFree;
  }

  /** Says goodbye, and does not wait long for one in return. */
  hangUp(): void {
    if (this.#isEnding || this.#tcpSocket.destroyed) return;
    this.#isEnding = true;
    this.#engineSocket.close();
    setTimeout(() => this.#tcpSocket.destroy(), GOODBYE_MS).unref();
  }

  /** What a flood has sent before it sees the end would still cost as much as all before. */
  stopReading(): void {
    const websocket: unknown = Reflect.get(this.#engineSocket.transport, 'socket');
    if (isPausable(websocket)) websocket.pause();
  }

  /** Ends it at once; nothing where it has ended. */
  drop(limit: Limit): void {
    if (this.#tcpSocket.destroyed) return;
    this.#tcpSocket.destroy();
    this.#onDropped(limit);
  }

  /** Engine.IO keeps what the websocket is not ready for, the websocket what the operating system does not take. */
  #hasMuchUnread(): boolean {
    const { bytes } = measureQueue(this.#engineSocket);
    return bytes + this.#tcpSocket.writableLength > MAX_UNREAD_BYTES;
  }
}

function isPausable(websocket: unknown): websocket is { pause: () => void } {
  return typeof Reflect.get(Object(websocket), 'pause') === 'function';
}
