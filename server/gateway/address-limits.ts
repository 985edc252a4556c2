import { RateWindows } from './rate-windows.ts';

export interface AddressLimitOptions {
  /** Open connections of one address at a time. */
  readonly socketsPerAddress: number;
  readonly connectionsPerMinute: number;
  /** Share IDs that nobody is sharing, asked for by one address. */
  readonly unknownSharesPerMinute: number;
  /** Credentials for the TURN server. */
  readonly relayGrantsPerMinute: number;
  /** Words of sharers on when their shares end. */
  readonly endsPerMinute: number;
}

const MINUTE_MS = 60_000;
/** Messages beyond their rates of all connections of one address; each alone may have half as many. */
const OVERRUNS_PER_MINUTE = 1000;

/** What one address may do over all its connections. Addresses stay in this process's memory, for a minute. */
export class AddressLimits {
  readonly #socketsPerAddress: number;
  readonly #openSockets = new Map<string, number>();
  readonly #connections: RateWindows;
  readonly #unknownShares: RateWindows;
  readonly #relayGrants: RateWindows;
  readonly #ends: RateWindows;
  readonly #overruns: RateWindows;

  /** `nowMs` comes from a clock that never goes back. */
  constructor(options: AddressLimitOptions, nowMs: () => number) {
    this.#socketsPerAddress = options.socketsPerAddress;
    this.#connections = new RateWindows(options.connectionsPerMinute, MINUTE_MS, nowMs);
    this.#unknownShares = new RateWindows(options.unknownSharesPerMinute, MINUTE_MS, nowMs);
    this.#relayGrants = new RateWindows(options.relayGrantsPerMinute, MINUTE_MS, nowMs);
    this.#ends = new RateWindows(options.endsPerMinute, MINUTE_MS, nowMs);
    this.#overruns = new RateWindows(OVERRUNS_PER_MINUTE, MINUTE_MS, nowMs);
  }

  /** Counts an attempt to connect, and names the limit that it exceeds; undefined where it may. */
  checkConnection(address: string): 'open-sockets' | 'new-connections' | undefined {
    const open = this.#openSockets.get(address) ?? 0;
    if (open >= this.#socketsPerAddress) return 'open-sockets';
    return this.#connections.take(address) ? undefined : 'new-connections';
  }

  recordOpen(address: string): void {
    this.#openSockets.set(address, (this.#openSockets.get(address) ?? 0) + 1);
  }

  recordClose(address: string): void {
    const open = (this.#openSockets.get(address) ?? 0) - 1;
    if (open > 0) this.#openSockets.set(address, open);
    else this.#openSockets.delete(address);
  }

  /** Counts a message beyond the rate of its connection; returns whether the address may have it. */
  takeOverrun(address: string): boolean {
    return this.#overruns.take(address);
  }

  recordUnknownShare(address: string): void {
    this.#unknownShares.take(address);
  }

  /** Milliseconds until this address may guess again; 0 where it may now. */
  computeGuessDelayMs(address: string): number {
    return this.#unknownShares.computeDelayMs(address);
  }

  /** Milliseconds until this address may have credentials again; 0 where it may now, which is counted. */
  takeRelayGrant(address: string): number {
    return takeFrom(this.#relayGrants, address);
  }

  /** Milliseconds until this address may bring another end; 0 where it may now, which is counted. */
  takeEnd(address: string): number {
    return takeFrom(this.#ends, address);
  }
}

function takeFrom(windows: RateWindows, address: string): number {
  const delayMs = windows.computeDelayMs(address);
  if (delayMs === 0) windows.take(address);
  return delayMs;
}
