import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { listen } from '../../server/http/listen.ts';

/** An address that stays while what it leads to changes, as a name does whose machine is replaced. */
export class MovingAddress {
  readonly #server: Server;
  readonly #port: number;
  readonly #connections = new Set<Socket>();
  #target: URL | undefined;
  /** Connections that came while it led nowhere. */
  turnedAwayCount = 0;

  static async open(): Promise<MovingAddress> {
    const server = createServer();
    return new MovingAddress(server, await listen(server, 0, '127.0.0.1'));
  }

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.#port = port;
    server.on('connection', (incoming) => this.#adopt(incoming));
  }

  get url(): string {
    return `http://localhost:${this.#port}/`;
  }

  /** From now on; what was connected before loses its connection without a word. */
  leadTo(url: string | undefined): void {
    this.#target = url === undefined ? undefined : new URL(url);
    for (const connection of this.#connections) connection.destroy();
  }

  close(): void {
    this.leadTo(undefined);
    this.#server.close();
  }

  #adopt(incoming: Socket): void {
    this.#keep(incoming);
    if (this.#target === undefined) {
      this.turnedAwayCount += 1;
      incoming.destroy();
      return;
    }
    const onward = connect(Number(this.#target.port), '127.0.0.1');
    this.#keep(onward);
    incoming.on('close', () => onward.destroy());
    onward.on('close', () => incoming.destroy());
    incoming.pipe(onward).pipe(incoming);
  }

  #keep(connection: Socket): void {
    this.#connections.add(connection);
    connection.on('close', () => this.#connections.delete(connection));
    connection.on('error', () => {});
  }
}
