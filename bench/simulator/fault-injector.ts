import type { Random } from '../../shared/swarm/random.ts';
import type { EventQueue } from './event-queue.ts';
import type { Fault } from './fault-plan.ts';
import type { Session } from './session.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import type { SimulatedTracker } from './simulated-tracker.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { losePiece, regainAll, tearStore } from './store-faults.ts';

/** A browser notices late that the other end is gone without a word. */
const CRASH_NOTICED_AFTER_MS = 8_000;
const RECONNECT_SPREAD_MS = 3_000;
/** Of a computer that sleeps browsers notice it very late, and the tracker when it answers no heartbeat (T23). */
const SLEEP_NOTICED_AFTER_MS = 60_000;
const HEARTBEAT_MS = 45_000;

interface World {
  readonly queue: EventQueue;
  readonly tracker: SimulatedTracker;
  readonly network: SimulatedNetwork;
  readonly hosts: readonly SimulatedHost[];
  readonly random: Random;
}

/** Makes things go wrong, and in the end lets them be right again. */
export class FaultInjector {
  readonly #world: World;
  readonly #departed: SimulatedHost[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  inject(fault: Fault): void {
    const { network, queue } = this.#world;
    if (fault.type === 'restart-tracker') this.#restartTracker(fault.forMs);
    else if (fault.type === 'lose-signals') network.signalsLostUntilMs = queue.nowMs + fault.forMs;
    else if (fault.type === 'lose-strands') network.strandsLostUntilMs = queue.nowMs + fault.forMs;
    else if (fault.type === 'ask-for-copies') this.#world.hosts[0]?.askForCopies(fault.copies);
    else {
      const host = this.#world.hosts[fault.host];
      if (host?.isOnline === true) this.#injectInto(host, fault);
    }
  }

  /** What the design takes for granted from here on: the hosts that are there hold everything together. */
  endFaults(): void {
    for (const host of this.#world.hosts) {
      if (host.plan.role === 'discarding-volunteer') continue;
      for (const piece of host.shelf.unnoticed) host.reportLost(piece);
    }
    if (this.#isEverythingOn(this.#sources())) return;
    for (const host of this.#departed) host.join();
    const [sharer] = this.#world.hosts;
    if (sharer !== undefined && !this.#isEverythingOn(this.#sources())) regainAll(sharer);
  }

  #injectInto(host: SimulatedHost, fault: Extract<Fault, { host: number }>): void {
    const { network, queue } = this.#world;
    const { access } = host;
    switch (fault.type) {
      case 'leave':
        host.leave(0);
        queue.after(fault.forMs, () => host.join());
        return;
      case 'crash':
        this.#crash(host, fault);
        return;
      case 'vanish':
        host.leave(SLEEP_NOTICED_AFTER_MS, HEARTBEAT_MS);
        queue.after(fault.forMs, () => host.join());
        return;
      case 'discard':
        host.keeper?.discard(this.#pickPart([...host.held.pieces()], fault.percent));
        return;
      case 'shrink':
        host.keeper?.shrink((host.plan.offeredBytes * fault.percent) / 100);
        return;
      case 'depart':
        if (!this.#isEverythingOn(this.#sources().filter((other) => other !== host))) return;
        host.leave(0);
        this.#departed.push(host);
        return;
      case 'cut':
        network.cut(this.#pick([...host.sessions.values()]));
        return;
      case 'break-strand':
        network.cut(this.#pickWide(host));
        return;
      case 'stall-strand': {
        const session = this.#pickWide(host);
        session?.channel.stallOne();
        session?.twin?.channel.stallOne();
        return;
      }
      case 'freeze':
        access.uplink.freeze(fault.forMs);
        return;
      case 'throttle':
        if (host.plan.role !== 'dripper') access.uplink.bytesPerSecond = fault.bytesPerSecond;
        return;
      case 'delay':
        access.latencyMs += fault.addedMs;
        network.recordChangedAccess(host);
        queue.after(fault.forMs, () => {
          access.latencyMs -= fault.addedMs;
          network.recordChangedAccess(host);
        });
        return;
      case 'lose-packets':
        access.lossRate = fault.lossRate;
        network.recordChangedAccess(host);
        queue.after(fault.forMs, () => {
          access.lossRate = host.plan.lossRate;
          network.recordChangedAccess(host);
        });
        return;
      case 'fill-disk':
        host.diskFullUntilMs = queue.nowMs + fault.forMs;
        return;
      case 'lose-piece': {
        const piece = host.isLiar ? undefined : this.#pick([...host.shelf.stored.pieces()]);
        if (piece !== undefined) losePiece(host, network, piece, fault.isSilent);
        return;
      }
    }
  }

  #crash(host: SimulatedHost, fault: Extract<Fault, { type: 'crash' }>): void {
    const { queue } = this.#world;
    host.leave(CRASH_NOTICED_AFTER_MS);
    if (!host.isLiar && fault.tornPercent > 0) {
      const stored = [...host.shelf.stored.pieces()];
      tearStore(host, this.#pickPart(stored, fault.tornPercent), fault.isAltered);
    }
    queue.after(fault.forMs, () => host.join());
  }

  #restartTracker(forMs: number): void {
    const { queue, tracker, hosts, random } = this.#world;
    if (!tracker.isUp) return;
    tracker.stop();
    for (const host of hosts) host.loseTracker();
    queue.after(forMs, () => {
      tracker.start();
      for (const host of hosts) {
        queue.after(random.below(RECONNECT_SPREAD_MS), () => host.meetTracker());
      }
    });
  }

  /** Hosts that are there, honest, and of use to others. */
  #sources(): readonly SimulatedHost[] {
    return this.#world.hosts.filter(
      ({ isOnline, isLiar, plan }) => isOnline && !isLiar && plan.role !== 'dripper',
    );
  }

  #isEverythingOn(hosts: readonly SimulatedHost[]): boolean {
    const pieces = Bitfield.full(this.#world.network.geometry.pieceCount).pieces();
    return [...pieces].every((piece) => hosts.some(({ shelf }) => shelf.stored.has(piece)));
  }

  #pickPart(pieces: readonly number[], percent: number): readonly number[] {
    return pieces.filter(() => this.#world.random.below(100) < percent);
  }

  /** Of several connections. */
  #pickWide({ sessions }: SimulatedHost): Session | undefined {
    return this.#pick([...sessions.values()].filter((session) => session.promisedStrands > 1));
  }

  #pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.#world.random.below(Math.max(1, items.length))];
  }
}
