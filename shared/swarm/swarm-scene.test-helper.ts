import type { MemoryTransport } from './memory-transport.ts';
import type { Transport } from './ports/transport.ts';
import type { SessionFailure } from './peer-session.ts';
import type { StoreError } from './ports/piece-store.ts';
import type { FindResult } from './ports/tracker-client.ts';
import type { RunnerOptions } from './runner-options.ts';
import type { SealedShare } from './sealed-share.test-helper.ts';
import { MapPieceStore } from './map-piece-store.test-helper.ts';
import { MemoryNetwork } from './memory-transport.ts';
import { MemoryTracker } from './memory-tracker.test-helper.ts';
import { SwarmRunner } from './runner.ts';
import { VerifiedPieceStore } from './verified-piece-store.ts';
import { VirtualClock } from './virtual-clock.test-helper.ts';

const STEP_MS = 10;
const MAX_STEPS = 20_000;

/** One tab's part in the share, and what its runner told. */
export interface Participant {
  readonly runner: SwarmRunner;
  readonly store: MapPieceStore;
  readonly transport: MemoryTransport;
  readonly told: Told;
}

export function isComplete({ runner }: Participant): boolean {
  return runner.snapshot().isComplete;
}

interface Told {
  completions: number;
  readonly storeFailures: StoreError[];
  readonly sessionFailures: SessionFailure[];
  readonly found: FindResult[];
  /** Called after each of them. */
  onTold: () => void;
}

/** Real runners with real encryption over a network, a tracker, stores and a clock in memory. */
export class SwarmScene {
  readonly share: Pick<SealedShare, 'membership' | 'pieces'>;
  readonly clock = new VirtualClock();
  readonly network = new MemoryNetwork();
  readonly tracker = new MemoryTracker();
  readonly #participants: Participant[] = [];

  constructor(share: Pick<SealedShare, 'membership' | 'pieces'>) {
    this.share = share;
  }

  joinSharer(options: Partial<RunnerOptions> = {}): Promise<Participant> {
    return this.join(new MapPieceStore(this.share.pieces.entries()), {
      isSharer: true,
      ...options,
    });
  }

  async join(
    store = new MapPieceStore(),
    options: Partial<RunnerOptions> = {},
    transport = this.network.createTransport(),
    wrap: (transport: Transport) => Transport = (unchanged) => unchanged,
  ): Promise<Participant> {
    const { membership = this.share.membership } = options;
    const told: Told = {
      completions: 0,
      storeFailures: [],
      sessionFailures: [],
      found: [],
      onTold: () => {},
    };
    const runner = await SwarmRunner.start({
      membership,
      isSharer: false,
      store: new VerifiedPieceStore(store, membership.verifyPiece),
      tracker: this.tracker,
      transport: wrap(transport),
      clock: this.clock,
      seed: 7 + this.#participants.length,
      events: {
        onComplete: () => {
          told.completions += 1;
          told.onTold();
        },
        onStoreFailure: (error) => {
          told.storeFailures.push(error);
          told.onTold();
        },
        onFound: (result) => {
          told.found.push(result);
          told.onTold();
        },
        onSessionFailure: (failure) => {
          told.sessionFailures.push(failure);
          told.onTold();
        },
      },
      ...options,
    });
    const participant = { runner, store, transport, told };
    this.#participants.push(participant);
    return participant;
  }

  /** Lets time pass until it is so. */
  async until(isSo: () => boolean): Promise<void> {
    for (let step = 0; !isSo(); step += 1) {
      if (step === MAX_STEPS) throw new Error(`not so after ${MAX_STEPS * STEP_MS} ms`);
      await this.step();
    }
  }

  async pass(durationMs: number): Promise<void> {
    const untilMs = this.clock.nowMs() + durationMs;
    await this.until(() => this.clock.nowMs() >= untilMs);
  }

  /** Time moves when WebCrypto has had time to answer. */
  async step(): Promise<void> {
    for (let i = 0; i < 3; i += 1) await crypto.subtle.digest('SHA-256', new Uint8Array(100));
    this.clock.advance(STEP_MS);
  }

  stopAll(): void {
    for (const { runner } of this.#participants) runner.stop();
  }
}
