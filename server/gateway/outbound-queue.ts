/** What waits in Engine.IO for the operating system to take it. */
export function measureQueue(engineSocket: object): { messages: number; bytes: number } {
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
