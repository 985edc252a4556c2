import { MAX_OUTBOUND_BYTES, MAX_OUTBOUND_PACKETS } from './gateway-limits.ts';

/** As much of Engine.IO's socket as this needs; it queues without any limit of its own. */
interface EngineSocket {
  on: (event: 'packetCreate', listener: () => void) => unknown;
}

/** Destroys the connection of a peer that does not read what it is sent: it would not read a goodbye either. */
export function dropWhenSlow(engineSocket: EngineSocket, destroy: () => void): void {
  engineSocket.on('packetCreate', () => {
    const { packets, bytes } = measureQueue(engineSocket);
    if (packets > MAX_OUTBOUND_PACKETS || bytes > MAX_OUTBOUND_BYTES) destroy();
  });
}

function measureQueue(engineSocket: EngineSocket): { packets: number; bytes: number } {
  const queue: unknown = Reflect.get(engineSocket, 'writeBuffer');
  if (!Array.isArray(queue)) return { packets: 0, bytes: 0 };
  let bytes = 0;
  for (const packet of queue) bytes += measurePacket(packet);
  return { packets: queue.length, bytes };
}

function measurePacket(packet: unknown): number {
  if (typeof packet !== 'object' || packet === null || !('data' in packet)) return 0;
  const { data } = packet;
  if (typeof data === 'string') return data.length;
  return ArrayBuffer.isView(data) || data instanceof ArrayBuffer ? data.byteLength : 0;
}
