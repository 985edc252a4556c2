import type { Log } from './log.ts';

/** A bug ends the process, for whatever started it to start it anew. Node itself would print the error's message. */
export function endOnUncaught(log: Log): void {
  process.on('uncaughtException', (error) => {
    log.error('the tracker has failed', error);
    process.exit(1);
  });
}
