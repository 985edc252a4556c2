import type { Random } from '../../shared/swarm/random.ts';
import type { SwarmEffect, SwarmEvent } from '../../shared/swarm/swarm-events.ts';
import type { Fault } from './fault-plan.ts';
import type { Scenario } from './scenario.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { EventQueue } from './event-queue.ts';
import { InvariantError, checkBooks, checkComplete, checkStep } from './invariants.ts';
import { SimulatedHost } from './simulated-host.ts';
import { SimulatedNetwork } from './simulated-network.ts';
import { SimulatedTracker } from './simulated-tracker.ts';

/** A browser notices late that the other end is gone without a word. */
const CRASH_NOTICED_AFTER_MS = 8_000;
const RECONNECT_SPREAD_MS = 3_000;
/** Time for the last gains to be booked and the last writes to commit. */
const SETTLING_MS = 5_000;
/** Once faults have stopped: this, and so many times what the slowest alone would need to serve everybody. */
const BOUND_MS = 120_000;
const BOUND_FACTOR = 1.5;

export interface SimulationOptions {
  /** Checks every invariant after every step: for small swarms. */
  readonly isChecked: boolean;
  readonly onStep?: (
    nowMs: number,
    host: SimulatedHost,
    event: SwarmEvent,
    effects: readonly SwarmEffect[],
  ) => void;
}

export interface SimulationResult {
  readonly stepCount: number;
  /** When the last leecher that is there had everything. */
  readonly lastCompletedAtMs: number;
  readonly sharerSentBytes: number;
  /** Bytes that came for nothing, over all leechers. */
  readonly wastedBytes: number;
}

/** Runs one scenario to its end: real engines on a virtual clock, everything else simulated. */
export class Simulation {
  readonly hosts: readonly SimulatedHost[];
  readonly #scenario: Scenario;
  readonly #options: SimulationOptions;
  readonly #queue = new EventQueue();
  readonly #tracker: SimulatedTracker;
  readonly #network: SimulatedNetwork;
  readonly #random: Random;
  readonly #departed: SimulatedHost[] = [];
  #stepCount = 0;
  #finishedCount = 0;

  constructor(scenario: Scenario, options: SimulationOptions) {
    this.#scenario = scenario;
    this.#options = options;
    this.#random = createRandom(scenario.seed);
    this.#tracker = new SimulatedTracker(
      this.#queue,
      scenario.geometry.pieceCount,
      createRandom(scenario.seed + 1),
    );
    this.#network = new SimulatedNetwork({
      geometry: scenario.geometry,
      queue: this.#queue,
      random: createRandom(scenario.seed + 2),
      tracker: this.#tracker,
      refusedPairsPercent: scenario.refusedPairsPercent,
      onStep: (host, event, effects) => this.#observe(host, event, effects),
    });
    this.hosts = scenario.hosts.map((plan, index) => new SimulatedHost(this.#network, index, plan));
  }

  /** Throws InvariantError, with the seed, where the engine broke a promise or did not come to an end. */
  run(): SimulationResult {
    try {
      return this.#run();
    } catch (error) {
      if (!(error instanceof InvariantError)) throw error;
      const { seed } = this.#scenario;
      const atMs = Math.round(this.#queue.nowMs);
      throw new InvariantError(`seed ${seed}, ${atMs} ms: ${error.message}`, { cause: error });
    }
  }

  #run(): SimulationResult {
    const { hosts, faults, faultsEndMs } = this.#scenario;
    for (const [index, { joinsAtMs }] of hosts.entries()) {
      this.#queue.at(joinsAtMs, () => this.hosts[index]?.join());
    }
    for (const fault of faults) this.#queue.at(fault.atMs, () => this.#apply(fault));
    this.#queue.runUntil(faultsEndMs);
    this.#endFaults();
    const deadlineMs = faultsEndMs + this.#computeBoundMs();
    this.#queue.runUntil(deadlineMs, () => this.#isFinished());
    const lastCompletedAtMs = this.#queue.nowMs;
    const { sentBytes } = this.hosts[0]?.uplink ?? { sentBytes: 0 };
    this.#queue.runUntil(this.#queue.nowMs + SETTLING_MS);
    for (const host of this.#downloaders()) this.#blame(host, () => checkComplete(host));
    checkBooks(this.#tracker, this.hosts);
    return {
      stepCount: this.#stepCount,
      lastCompletedAtMs,
      sharerSentBytes: sentBytes,
      wastedBytes: this.#downloaders().reduce((sum, host) => sum + host.snapshot().wastedBytes, 0),
    };
  }

  #observe(host: SimulatedHost, event: SwarmEvent, effects: readonly SwarmEffect[]): void {
    this.#stepCount += 1;
    this.#options.onStep?.(this.#queue.nowMs, host, event, effects);
    if (!this.#options.isChecked || host.isLiar) return;
    this.#blame(host, () => checkStep({ host, event, effects, network: this.#network }));
  }

  #apply(fault: Fault): void {
    if (fault.type === 'restart-tracker') {
      this.#restartTracker(fault.forMs);
      return;
    }
    const host = this.hosts[fault.host];
    if (host?.isOnline !== true) return;
    switch (fault.type) {
      case 'leave':
      case 'crash':
        host.leave(fault.type === 'crash' ? CRASH_NOTICED_AFTER_MS : 0);
        this.#queue.after(fault.forMs, () => host.join());
        return;
      case 'depart':
        if (!this.#isEverythingOn(this.#downloaders().filter((other) => other !== host))) return;
        host.leave(0);
        this.#departed.push(host);
        return;
      case 'cut':
        this.#network.cut(this.#pick([...host.sessions.values()]));
        return;
      case 'freeze':
        host.uplink.freeze(fault.forMs);
        return;
      case 'throttle':
        host.uplink.bytesPerSecond = fault.bytesPerSecond;
        return;
      case 'lose-piece': {
        const piece = host.isLiar ? undefined : this.#pick([...host.shelf.stored.pieces()]);
        if (piece !== undefined) host.losePiece(piece, fault.isSilent);
        return;
      }
    }
  }

  #restartTracker(forMs: number): void {
    if (!this.#tracker.isUp) return;
    this.#tracker.stop();
    for (const host of this.hosts) host.loseTracker();
    this.#queue.after(forMs, () => {
      this.#tracker.start();
      for (const host of this.hosts) {
        this.#queue.after(this.#random.below(RECONNECT_SPREAD_MS), () => host.meetTracker());
      }
    });
  }

  /** What the design takes for granted from here on: the hosts that are there hold everything together. */
  #endFaults(): void {
    for (const host of this.#downloaders()) {
      for (const piece of host.shelf.unnoticed) host.reportLost(piece);
    }
    if (this.#isEverythingOn(this.#downloaders())) return;
    for (const host of this.#departed) host.join();
    if (!this.#isEverythingOn(this.#downloaders())) this.hosts[0]?.regain();
  }

  /** Hosts that are there and honest: all of them shall hold everything in the end. */
  #downloaders(): readonly SimulatedHost[] {
    return this.hosts.filter(({ isOnline, isLiar }) => isOnline && !isLiar);
  }

  #isEverythingOn(hosts: readonly SimulatedHost[]): boolean {
    const pieces = Bitfield.full(this.#scenario.geometry.pieceCount).pieces();
    return [...pieces].every((piece) => hosts.some(({ shelf }) => shelf.stored.has(piece)));
  }

  /** Nobody loses anything any more, so whoever has finished need not be looked at again. */
  #isFinished(): boolean {
    for (;;) {
      const host = this.hosts[this.#finishedCount];
      if (host === undefined) return true;
      if (host.isOnline && !host.held.isFull) return false;
      this.#finishedCount += 1;
    }
  }

  #computeBoundMs(): number {
    const { geometry } = this.#scenario;
    const hosts = this.#downloaders();
    const slowest = Math.min(...hosts.map(({ uplink }) => uplink.bytesPerSecond));
    return BOUND_MS + (BOUND_FACTOR * 1_000 * hosts.length * geometry.streamLength) / slowest;
  }

  #pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.#random.below(Math.max(1, items.length))];
  }

  #blame(host: SimulatedHost, run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof InvariantError)) throw error;
      throw new InvariantError(`host ${host.index} ${error.message}`, { cause: error });
    }
  }
}
