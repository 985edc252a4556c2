export interface ErrorDescription {
  readonly type: string;
  /** Node's own code, such as EADDRINUSE. */
  readonly code?: string;
  /** Where it was thrown: functions and places in the source. */
  readonly frames: readonly string[];
}

const FRAME = /^ {4}at [^\n]*:\d+:\d+\)?$/u;
const CODE = /^[A-Z][A-Z0-9_]{1,49}$/u;

/**
 * What may be logged of an error. Its message is left out, because it may repeat what a client has sent: Node's own
 * quote addresses, URLs and the JSON that could not be parsed.
 */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, frames: [] };
  const code = 'code' in error ? error.code : undefined;
  return {
    type: error.constructor.name,
    ...(typeof code === 'string' && CODE.test(code) && { code }),
    frames: readFrames(error),
  };
}

/** The stack begins with the message, which may have lines of its own that look like frames. */
function readFrames({ stack = '', message }: Error): string[] {
  const at = stack.indexOf(message);
  const afterMessage = at === -1 ? '' : stack.slice(at + message.length);
  return afterMessage
    .split('\n')
    .filter((line) => FRAME.test(line))
    .map((line) => line.trim());
}
