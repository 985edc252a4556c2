import type { Droppable } from './connection.ts';
import { MAX_ATTACHMENTS } from './gateway-limits.ts';

/** As much of Engine.IO's socket as this needs. */
interface EngineSocket {
  on: (event: 'data', listener: (data: unknown) => void) => unknown;
}

/**
 * Destroys a connection that announces more binary fields than any message has, or does not send them in time:
 * Socket.IO would keep what came of them for as long as the connection lasts.
 */
export function dropWhenHalfSent(
  engineSocket: EngineSocket,
  timeoutMs: number,
  connection: Droppable,
): void {
  let missing = 0;
  let timer: NodeJS.Timeout | undefined;
  engineSocket.on('data', (data) => {
    missing = typeof data === 'string' ? countAttachments(data) : missing - 1;
    if (missing > MAX_ATTACHMENTS) connection.drop('half-sent-messages');
    else if (missing > 0) {
      // It does nothing to a connection that has ended by then.
      timer ??= setTimeout(() => connection.drop('half-sent-messages'), timeoutMs).unref();
    } else if (timer !== undefined) {
      clearTimeout(timer);
      timer = undefined;
    }
  });
}

const EVENT_WITH_ATTACHMENTS = '5';
const ANSWER_WITH_ATTACHMENTS = '6';

/** How many binary messages follow, as packets with attachments say: `52-[…]`. Others begin with another digit. */
function countAttachments(packet: string): number {
  const type = packet[0];
  if (type !== EVENT_WITH_ATTACHMENTS && type !== ANSWER_WITH_ATTACHMENTS) return 0;
  // Socket.IO takes any spelling of a number; nobody has reason to write one that is not digits.
  return Number(/^.(\d+)-/u.exec(packet)?.[1] ?? Number.POSITIVE_INFINITY);
}
