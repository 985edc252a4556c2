import type { IncomingMessage } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';

import { GOODBYE_MS } from './gateway-limits.ts';

/** As much of Engine.IO's socket as this needs. */
interface EngineSocket {
  readonly request: IncomingMessage;
  close: () => unknown;
}

/** One websocket, below Socket.IO: whom it counts for, and how to be rid of it. It becomes one peer, once. */
export class Connection {
  readonly address: string;
  readonly #engineSocket: EngineSocket;
  readonly #tcpSocket: TcpSocket;
  #isTaken = false;
  #isEnding = false;

  constructor(engineSocket: EngineSocket, address: string) {
    this.address = address;
    this.#engineSocket = engineSocket;
    this.#tcpSocket = engineSocket.request.socket;
  }

  /** Calls back when the operating system has nothing of it any more. */
  onClosed(listener: () => void): void {
    this.#tcpSocket.once('close', listener);
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
    setTimeout(() => this.destroy(), GOODBYE_MS).unref();
  }

  /** Returns whether it was open until now. */
  destroy(): boolean {
    const wasOpen = !this.#tcpSocket.destroyed;
    this.#tcpSocket.destroy();
    return wasOpen;
  }
}
