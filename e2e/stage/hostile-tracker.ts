import type { Server } from 'node:http';
import type { Socket } from 'socket.io';
import type { Relayed } from '../../shared/swarm/memory-tracker.test-helper.ts';
import { createServer, request } from 'node:http';
import { Server as SocketServer } from 'socket.io';
import { io } from 'socket.io-client';
import * as v from 'valibot';
import { relayedSignalSchema } from '../../shared/tracker/signal.ts';
import { welcomeSchema } from '../../shared/tracker/welcome.ts';

type Deliver = (signal: Relayed) => void;

/** Stands before the true tracker and passes on everything, but with signals it does what `relay` says. */
export class HostileTracker {
  readonly #server: Server;
  readonly #sockets: SocketServer;
  readonly #pages = new Map<string, Socket>();
  readonly #trueUrl: string;
  relay: (signal: Relayed, deliver: Deliver) => void = deliverAsItIs;

  private constructor(trueUrl: string) {
    this.#trueUrl = trueUrl;
    this.#server = createServer((incoming, answer) => {
      const { method, headers, url } = incoming;
      const onward = request(new URL(url ?? '/', trueUrl), { method, headers }, (page) => {
        answer.writeHead(page.statusCode ?? 502, page.headers);
        page.pipe(answer);
      });
      onward.on('error', () => answer.destroy());
      incoming.pipe(onward);
    });
    this.#sockets = new SocketServer(this.#server, { transports: ['websocket'] });
    this.#sockets.on('connection', (page) => this.#adopt(page));
  }

  static async open(trueUrl: string): Promise<HostileTracker> {
    const tracker = new HostileTracker(trueUrl);
    await new Promise<void>((resolve) => tracker.#server.listen(0, resolve));
    return tracker;
  }

  get url(): string {
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('not open');
    return `http://localhost:${address.port}/`;
  }

  /** Relays honestly from now on. */
  repent(): void {
    this.relay = deliverAsItIs;
  }

  async close(): Promise<void> {
    await this.#sockets.close();
  }

  #adopt(page: Socket): void {
    const line = io(this.#trueUrl, { transports: ['websocket'], forceNew: true });
    let peerId = '';
    line.onAny((event: string, message: unknown) => {
      if (event === 'welcome') {
        peerId = v.parse(welcomeSchema, message).peerId;
        this.#pages.set(peerId, page);
      }
      if (event === 'signal') this.#take(peerId, message);
      else page.emit(event, message);
    });
    page.onAny((event: string, ...args: unknown[]) => line.emit(event, ...args));
    page.on('disconnect', () => line.disconnect());
    line.on('disconnect', () => page.disconnect());
  }

  #take(to: string, message: unknown): void {
    const { shareId, from, data } = v.parse(relayedSignalSchema, message);
    this.relay({ from, to, sealed: data.slice() }, (signal) => {
      const page = this.#pages.get(signal.to);
      page?.emit('signal', { shareId, from: signal.from, data: signal.sealed });
    });
  }
}

function deliverAsItIs(signal: Relayed, deliver: Deliver): void {
  deliver(signal);
}
