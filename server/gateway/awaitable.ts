import type { Awaitable } from '../registry/registry.ts';

/** Goes on at once where nothing has to be waited for: most answers cost less than a promise. */
export function andThen<Value, Result>(
  value: Awaitable<Value>,
  goOn: (value: Value) => Awaitable<Result>,
): Awaitable<Result> {
  return value instanceof Promise ? value.then(goOn) : goOn(value);
}
