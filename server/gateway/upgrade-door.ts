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
    if (!beginsConnection(request.url ?? '')) refuseUpgrade(socket);
    else withoutFirstCloseListener(socket, () => inner.emit('upgrade', request, socket, head));
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

/**
 * Engine.IO makes an answer to each upgrade for the sake of middlewares, which are not used here. Before anything else
 * it listens for the end of the connection, and so would keep the request in memory as long.
 */
function withoutFirstCloseListener(socket: Duplex, upgrade: () => void): void {
  const before = socket.listenerCount('close');
  upgrade();
  const first: unknown = socket.listeners('close')[before];
  if (isListener(first)) socket.off('close', first);
}

function isListener(value: unknown): value is () => void {
  return typeof value === 'function';
}

function ignoreError(): void {}
