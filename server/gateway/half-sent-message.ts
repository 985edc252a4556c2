import { MAX_ATTACHMENTS } from './gateway-limits.ts';

/** As much of Engine.IO's socket as this needs. */
interface EngineSocket {
  on: (event: 'data' | 'close', listener: (data: unknown) => void) => unknown;
}

/**
 * Destroys a connection that announces more binary fields than any message has, or does not send them in time:
 * Socket.IO would keep what came of them for as long as the connection lasts.
 */
export function dropWhenHalfSent(
  engineSocket: EngineSocket,
  timeoutMs: number,
  destroy: () => void,
): void {
  let missing = 0;
  let timer: NodeJS.Timeout | undefined;
  engineSocket.on('data', (data) => {
    missing = typeof data === 'string' ? countAttachments(data) : missing - 1;
    if (missing > MAX_ATTACHMENTS) destroy();
    else if (missing > 0) timer ??= setTimeout(destroy, timeoutMs);
    else stop();
  });
  engineSocket.on('close', stop);

  function stop(): void {
    clearTimeout(timer);
    timer = undefined;
  }
}

/** How many binary messages follow, as packets with attachments say: `52-[…]`. Others begin with another digit. */
function countAttachments(packet: string): number {
  if (!/^[56]/u.test(packet)) return 0;
  // Socket.IO takes any spelling of a number; nobody has reason to write one that is not digits.
  return Number(/^.(\d+)-/u.exec(packet)?.[1] ?? Number.POSITIVE_INFINITY);
}
