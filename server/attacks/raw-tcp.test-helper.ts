import type { Socket } from 'node:net';
import { connect } from 'node:net';

/** A connection on which nothing has been said yet. It keeps its own side open when the other side ends. */
export function openTcp(url: string): Socket {
  const { port, hostname } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  socket.on('error', () => {});
  return socket;
}

/** Everything that the other side says until it closes; rejects where it does not within the time. */
export function readUntilClosed(socket: Socket, withinMs = 5000): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error(`still open after: ${text}`)), withinMs);
    const end = (): void => {
      clearTimeout(timer);
      resolve(text);
    };
    socket.on('data', (bytes) => (text += bytes.toString('latin1')));
    socket.on('end', end);
    socket.on('close', end);
  });
}

/** Says it in pieces, one each few milliseconds, for as long as the connection is open. */
export function drip(socket: Socket, nextPiece: () => string | Uint8Array): void {
  const timer = setInterval(() => socket.write(nextPiece()), 10);
  socket.once('close', () => clearInterval(timer));
  socket.once('end', () => clearInterval(timer));
}

export function upgradeTo(path: string, ...lines: readonly string[]): string {
  return [
    `GET ${path} HTTP/1.1`,
    'Host: tracker',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...lines,
    '\r\n',
  ].join('\r\n');
}

export const JOIN_PATH = '/socket.io/?EIO=4&transport=websocket';
