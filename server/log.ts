import type { Logger } from 'pino';
import { destination, pino } from 'pino';

/** As much of pino as the tracker uses. No line names an address, a share, a peer or a session description. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** Logs to standard error: standard output carries the one line that says where the tracker is. */
export function createLog(level: LogLevel): Log {
  return pino({ level, base: null }, destination({ dest: 2, sync: true }));
}
