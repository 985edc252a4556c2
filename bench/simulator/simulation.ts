import type { SwarmEffect, SwarmEvent } from '../../shared/swarm/swarm-events.ts';
import type { EngineMeter } from './engine-meter.ts';
import type { Scenario } from './scenario.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { EventQueue } from './event-queue.ts';
import { FaultInjector } from './fault-injector.ts';
import { SimulatedHost } from './simulated-host.ts';
import { SimulatedNetwork } from './simulated-network.ts';
import { SimulatedTracker } from './simulated-tracker.ts';

export interface SimulationOptions {
  /** Lets each host run ahead by itself, so far as nothing can reach another; 0 and by default none does. */
  readonly lookaheadMs?: number;
  readonly meter?: EngineMeter;
  /** Told of every step of every engine, after its effects were carried out. */
  readonly onStep?: (
    nowMs: number,
    host: SimulatedHost,
    event: SwarmEvent,
    effects: readonly SwarmEffect[],
  ) => void;
  readonly onComplete?: (host: SimulatedHost) => void;
  /** One that was complete has lost some of it with its page. */
  readonly onIncomplete?: (host: SimulatedHost) => void;
  /** What a host holds has changed; where it is gone, the others notice that after so long. */
  readonly onHoldings?: (host: SimulatedHost, noticedAfterMs: number) => void;
}

/** One scenario on a virtual clock: real engines and the tracker's real books, everything else simulated. */
export class Simulation {
  readonly scenario: Scenario;
  readonly queue: EventQueue;
  readonly hosts: readonly SimulatedHost[];
  readonly tracker: SimulatedTracker;
  readonly network: SimulatedNetwork;
  readonly faults: FaultInjector;
  stepCount = 0;

  constructor(
    scenario: Scenario,
    { meter, onStep, onComplete, onIncomplete, onHoldings, lookaheadMs }: SimulationOptions = {},
  ) {
    const { seed, geometry } = scenario;
    this.scenario = scenario;
    this.queue = new EventQueue(lookaheadMs);
    this.tracker = new SimulatedTracker(this.queue.createLane(), geometry, createRandom(seed + 1));
    this.network = new SimulatedNetwork({
      geometry,
      queue: this.queue,
      random: createRandom(seed + 2),
      tracker: this.tracker,
      seed,
      refusedPairsPercent: scenario.refusedPairsPercent,
      areSourcesReachable: scenario.areSourcesReachable,
      meter,
      onComplete: (host) => onComplete?.(host),
      onIncomplete: (host) => onIncomplete?.(host),
      onHoldings: (host, noticedAfterMs = 0) => onHoldings?.(host, noticedAfterMs),
      onStep: (host, event, effects) => {
        this.stepCount += 1;
        onStep?.(this.queue.nowMs, host, event, effects);
      },
    });
    this.hosts = scenario.hosts.map((plan, index) => new SimulatedHost(this.network, index, plan));
    this.faults = new FaultInjector({
      queue: this.queue,
      tracker: this.tracker,
      network: this.network,
      hosts: this.hosts,
      random: createRandom(seed),
    });
  }

  /** Puts down who joins when and what goes wrong when; then `queue` runs. */
  plan(): void {
    const { copies } = this.scenario;
    if (copies !== undefined) this.hosts[0]?.askForCopies(copies);
    for (const host of this.hosts) this.queue.at(host.plan.joinsAtMs, () => host.join());
    for (const { type, host, atMs, ranges } of this.scenario.wishes ?? []) {
      this.queue.at(atMs, () => this.hosts[host]?.tell({ type, ranges }));
    }
    for (const fault of this.scenario.faults) {
      this.queue.at(fault.atMs, () => this.faults.inject(fault));
    }
  }
}
