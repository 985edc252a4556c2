import { Emitter } from '@socket.io/component-emitter';

type Events = Record<string, (...args: never[]) => void>;

/**
 * What simple-peer asks Node's modules for, as much as this page needs of it. Its stream side is not there: the bytes
 * go past it (simple-peer-connection.ts), and what a peer sends is dropped here, where a stream that nobody reads would
 * gather it.
 */
class Duplex extends Emitter<Events, Events> {
  readonly _readableState = { ended: true };
  readonly _writableState = { finished: true };

  // The emitter would take simple-peer's options for an object to add its methods to.
  // oxlint-disable-next-line no-useless-constructor
  constructor() {
    super();
  }

  push(): void {}
}

export const stream = { Duplex };

export const Buffer = { from: (data: ArrayBuffer): ArrayBuffer => data };

export function debug(): () => void {
  return () => {};
}

/** Names of one peer in its own log, and of simple-peer's own channel. */
export function randombytes(): string {
  return crypto.randomUUID();
}

/** Browsers' own errors have a code that cannot be assigned. */
export function errCode(error: Error, code: string): Error {
  return Object.defineProperty(error, 'code', { value: code, configurable: true });
}
