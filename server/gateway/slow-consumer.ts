import type { Droppable } from './connection.ts';
import { MAX_OUTBOUND_BYTES, MAX_OUTBOUND_MESSAGES } from './gateway-limits.ts';
import { measureQueue } from './outbound-queue.ts';

/** As much of Engine.IO's socket as this needs. */
interface EngineSocket {
  on: (event: 'packetCreate', listener: () => void) => unknown;
}

/** Destroys the connection of a peer that does not read what it is sent: it would not read a goodbye either. */
export function dropWhenSlow(engineSocket: EngineSocket, connection: Droppable): void {
  engineSocket.on('packetCreate', () => {
    const { messages, bytes } = measureQueue(engineSocket);
    if (messages > MAX_OUTBOUND_MESSAGES || bytes > MAX_OUTBOUND_BYTES) {
      connection.drop('unread-messages');
    }
  });
}
