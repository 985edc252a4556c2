import type { DestinationStream } from 'pino';
import { destination, pino } from 'pino';

import { describeError } from './describe-error.ts';

/**
 * The tracker's log. A line is a sentence of ours and, of an error, what `describeError` lets through: nothing else
 * can get into it, so no line names an address, a share, a peer or a session description.
 */
export interface Log {
  readonly debug: (sentence: string) => void;
  readonly info: (sentence: string) => void;
  readonly warn: (sentence: string) => void;
  readonly error: (sentence: string, error: unknown) => void;
}

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** Logs to standard error: standard output carries the one line that says where the tracker is. */
export function createLog(
  level: LogLevel,
  stream: DestinationStream = destination({ dest: 2, sync: true }),
): Log {
  const logger = pino({ level, base: null }, stream);
  return {
    debug: (sentence) => logger.debug(sentence),
    info: (sentence) => logger.info(sentence),
    warn: (sentence) => logger.warn(sentence),
    error: (sentence, error) => logger.error({ error: describeError(error) }, sentence),
  };
}
