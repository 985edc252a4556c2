import { createContext, runInContext } from 'node:vm';

/** For all that one call does, until it returns or has something to wait for. */
const MAX_CALL_MS = 20_000;

const holder: { call: () => unknown } = { call: () => undefined };
const context = createContext(holder);

/** Calls a function that may run without end. @throws Error where it did not return in time */
export function runGuarded<Result>(
  call: () => Result,
  maxCallMs = MAX_CALL_MS,
): Result | undefined {
  let result: Result | undefined;
  holder.call = () => {
    result = call();
  };
  try {
    // The time limit holds for whatever the script calls, also outside of its context.
    runInContext('call()', context, { timeout: maxCallMs });
  } catch (error) {
    // An error of the engine's own is one of the other context.
    if (isTimeout(error)) throw new Error('did not return', { cause: error });
    throw error;
  }
  return result;
}

function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
