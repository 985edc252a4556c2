import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export interface AddressLimitOptions {
  /** Open connections of one address at a time. */
  readonly socketsPerAddress: number;
  readonly connectionsPerMinute: number;
  /** Share IDs that nobody is sharing, asked for by one address. */
  readonly unknownSharesPerMinute: number;
}

/** What one address may do over all its connections. Addresses stay in this process's memory, for a minute. */
export class AddressLimits {
  readonly #socketsPerAddress: number;
  readonly #openSockets = new Map<string, number>();
  readonly #connections: RateLimiterMemory;
  readonly #unknownShares: RateLimiterMemory;

  constructor(options: AddressLimitOptions) {
    this.#socketsPerAddress = options.socketsPerAddress;
    this.#connections = createLimiter(options.connectionsPerMinute);
    this.#unknownShares = createLimiter(options.unknownSharesPerMinute);
  }

  async mayConnect(address: string): Promise<boolean> {
    const open = this.#openSockets.get(address) ?? 0;
    return open < this.#socketsPerAddress && (await consume(this.#connections, address)) === 0;
  }

  recordOpen(address: string): void {
    this.#openSockets.set(address, (this.#openSockets.get(address) ?? 0) + 1);
  }

  recordClose(address: string): void {
    const open = (this.#openSockets.get(address) ?? 0) - 1;
    if (open > 0) this.#openSockets.set(address, open);
    else this.#openSockets.delete(address);
  }

  async recordUnknownShare(address: string): Promise<void> {
    await consume(this.#unknownShares, address);
  }

  /** Milliseconds until this address may guess again; 0 where it may now. */
  async computeGuessDelay(address: string): Promise<number> {
    const state = await this.#unknownShares.get(address);
    return state === null || state.remainingPoints > 0 ? 0 : Math.max(1, state.msBeforeNext);
  }
}

function createLimiter(points: number): RateLimiterMemory {
  return new RateLimiterMemory({ points, duration: 60 });
}

/** Milliseconds to wait; 0 where there was a point left. */
async function consume(limiter: RateLimiterMemory, address: string): Promise<number> {
  try {
    await limiter.consume(address);
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext);
    throw refusal;
  }
}
