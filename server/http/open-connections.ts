import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Every TCP connection of a server, websockets included, which Node's own `closeAllConnections` leaves open. */
export class OpenConnections {
  readonly #sockets = new Set<Socket>();

  constructor(server: Server) {
    const sockets = this.#sockets;
    // One function for all of them: each of its own would stay as long as the connection.
    const forget = function forget(this: Socket): void {
      sockets.delete(this);
    };
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', forget);
    });
  }

  get count(): number {
    return this.#sockets.size;
  }

  destroyAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
