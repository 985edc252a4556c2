import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';

const BEGINNING = '/socket.io/?';
const REFUSAL = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/**
 * A server for Socket.IO to attach to, which never listens and sees nothing but websockets that begin a connection.
 * Attached to the real one, Engine.IO would also answer plain requests, let a second websocket take over a session
 * without asking whether it may connect, and leave an upgrade to any other path open for ever.
 */
export function createUpgradeDoor(server: Server): Server {
  const inner = createServer();
  server.on('upgrade', (request, socket: Duplex, head) => {
    // Node has let go of the connection, and nobody else may have taken it up yet.
    socket.on('error', ignoreError);
    if (beginsConnection(request.url ?? '')) inner.emit('upgrade', request, socket, head);
    else refuseUpgrade(socket);
  });
  return inner;
}

function beginsConnection(url: string): boolean {
  if (!url.startsWith(BEGINNING)) return false;
  const query = new URLSearchParams(url.slice(BEGINNING.length));
  return query.get('EIO') === '4' && query.get('transport') === 'websocket' && !query.has('sid');
}

function refuseUpgrade(socket: Duplex): void {
  socket.write(REFUSAL);
  socket.destroy();
}

function ignoreError(): void {}
