import { MAX_OUTBOUND_BYTES, MAX_OUTBOUND_MESSAGES } from './gateway-limits.ts';

/** As much of Engine.IO's socket as this needs; it queues without any limit of its own. */
interface EngineSocket {
  on: (event: 'packetCreate', listener: () => void) => unknown;
}

/** Destroys the connection of a peer that does not read what it is sent: it would not read a goodbye either. */
export function dropWhenSlow(engineSocket: EngineSocket, destroy: () => void): void {
  engineSocket.on('packetCreate', () => {
    const { messages, bytes } = measureQueue(engineSocket);
    if (messages > MAX_OUTBOUND_MESSAGES || bytes > MAX_OUTBOUND_BYTES) destroy();
  });
}

function measureQueue(engineSocket: EngineSocket): { messages: number; bytes: number } {
  const queue: unknown = Reflect.get(engineSocket, 'writeBuffer');
  if (!Array.isArray(queue)) return { messages: 0, bytes: 0 };
  let bytes = 0;
  for (const message of queue) bytes += measureMessage(message);
  return { messages: queue.length, bytes };
}

function measureMessage(message: unknown): number {
  if (typeof message !== 'object' || message === null || !('data' in message)) return 0;
  const { data } = message;
  if (typeof data === 'string') return data.length;
  return ArrayBuffer.isView(data) || data instanceof ArrayBuffer ? data.byteLength : 0;
}
