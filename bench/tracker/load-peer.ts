import { WebSocket } from 'ws';

import type { Packet } from './socket-io-packets.ts';
import {
  CONNECT_PACKET,
  PING_PACKET,
  PONG_PACKET,
  decodePacket,
  encodeEvent,
} from './socket-io-packets.ts';

export interface LoadPeerOptions {
  readonly url: string;
  /** Whether a welcome follows the connection, as the tracker's does. */
  readonly isWelcomed: boolean;
  /** Of this machine, to come from; without it as the system likes. */
  readonly localAddress?: string;
  /** A signal that somebody sent to this peer: its bytes. */
  readonly onSignal: (data: Uint8Array) => void;
  /** The connection ended though nobody here asked for it. */
  readonly onLost: () => void;
}

/** One connection that speaks Socket.IO over a plain websocket, which costs the machine less than a whole client. */
export class LoadPeer {
  readonly #options: LoadPeerOptions;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  readonly #ready: () => void;
  #nextId = 0;
  /** The packet whose attachments are still to come. */
  #packet: Packet | undefined;
  #attachments: Uint8Array[] = [];
  #isLeaving = false;
  /** As the tracker named it; empty where it is not welcomed. */
  peerId = '';

  /** Resolves when the peer is connected, and welcomed where it is to be; rejects where it is not let in. */
  static connect(options: LoadPeerOptions): Promise<LoadPeer> {
    return new Promise((resolve, reject) => {
      const peer: LoadPeer = new LoadPeer(options, () => resolve(peer));
      peer.#socket.on('error', reject);
      peer.#socket.on('close', () => reject(new Error('closed before it was connected')));
    });
  }

  private constructor(options: LoadPeerOptions, ready: () => void) {
    this.#options = options;
    this.#ready = ready;
    const address = `${options.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    this.#socket = new WebSocket(address, {
      perMessageDeflate: false,
      localAddress: options.localAddress,
    });
    this.#socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.#takeAttachment(data);
      else this.#takeText(data.toString());
    });
    this.#socket.on('close', () => {
      if (!this.#isLeaving) options.onLost();
      const waiting = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const onAnswer of waiting) onAnswer(undefined);
    });
  }

  /** Messages that the server has not answered. */
  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** The answer is undefined where the connection ends before it comes. */
  ask(
    event: string,
    payload: Readonly<Record<string, unknown>>,
    onAnswer: (answer: unknown) => void,
  ): void {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      onAnswer(undefined);
      return;
    }
    const id = this.#nextId;
    this.#nextId += 1;
    this.#waiting.set(id, onAnswer);
    const { text, attachments } = encodeEvent(event, payload, id);
    this.#socket.send(text);
    for (const attachment of attachments) this.#socket.send(attachment);
  }

  /** Resolves when the connection is closed on both sides. */
  leave(): Promise<void> {
    this.#isLeaving = true;
    return new Promise((resolve) => {
      if (this.#socket.readyState === WebSocket.CLOSED) resolve();
      this.#socket.on('close', () => resolve());
      this.#socket.close();
    });
  }

  #takeText(text: string): void {
    if (text === PING_PACKET) this.#socket.send(PONG_PACKET);
    else if (text.startsWith('0')) this.#socket.send(CONNECT_PACKET);
    else {
      const packet = decodePacket(text);
      if (packet === undefined) return;
      if (packet.kind === 'connected' || packet.attachments === 0) this.#take(packet, []);
      else this.#packet = packet;
    }
  }

  #takeAttachment(data: Uint8Array): void {
    const packet = this.#packet;
    if (packet === undefined || packet.kind === 'connected') return;
    this.#attachments.push(data);
    if (this.#attachments.length < packet.attachments) return;
    const attachments = this.#attachments;
    this.#packet = undefined;
    this.#attachments = [];
    this.#take(packet, attachments);
  }

  #take(packet: Packet, attachments: readonly Uint8Array[]): void {
    if (packet.kind === 'connected') {
      if (!this.#options.isWelcomed) this.#ready();
    } else if (packet.kind === 'answer') {
      const onAnswer = this.#waiting.get(packet.id);
      this.#waiting.delete(packet.id);
      onAnswer?.(packet.args[0]);
    } else if (packet.args[0] === 'welcome') {
      this.peerId = readPeerId(packet.args[1]);
      this.#ready();
    } else if (attachments[0] !== undefined) {
      this.#options.onSignal(attachments[0]);
    }
  }
}

function readPeerId(welcome: unknown): string {
  const hasId = typeof welcome === 'object' && welcome !== null && 'peerId' in welcome;
  return hasId ? String(welcome.peerId) : '';
}
