import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';

import type { Droppable } from './connection.ts';
import { FRAME_RATE, MAX_FRAGMENTS, MAX_OUTBOUND_BYTES } from './gateway-limits.ts';
import { TokenBucket } from '../../shared/tracker/token-bucket.ts';

/** Sets what Engine.IO does not pass on to its websocket server, which would take 16,384 fragments a message. */
export function limitFragments(engine: object): void {
  const options: unknown = Reflect.get(Object(Reflect.get(engine, 'ws')), 'options');
  if (!Reflect.set(Object(options), 'maxFragments', MAX_FRAGMENTS))
    throw new TypeError('no options');
}

/**
 * Destroys a connection that sends frames faster than any peer has reason to. They cost something before and beside
 * every message that is counted: heartbeats, pings that are answered unasked, packets of Socket.IO's own.
 */
export function dropWhenFlooded(
  request: IncomingMessage,
  nowMs: () => number,
  connection: Droppable,
): void {
  const websocket: unknown = Reflect.get(request, 'websocket');
  if (!(websocket instanceof EventEmitter)) throw new TypeError('no websocket');
  const { socket } = request;
  const frames = new TokenBucket(FRAME_RATE, nowMs());
  const count = (): void => {
    const isFlooded = frames.take(nowMs()) > 0;
    if (isFlooded || socket.writableLength > MAX_OUTBOUND_BYTES) connection.drop('frames');
  };
  for (const event of ['message', 'ping', 'pong']) websocket.on(event, count);
}
