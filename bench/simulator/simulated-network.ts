import type { Geometry } from '../../shared/share/geometry.ts';
import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';
import type { Random } from '../../shared/swarm/random.ts';
import type { Swarm } from '../../shared/swarm/swarm.ts';
import type { SwarmEffect, SwarmEvent } from '../../shared/swarm/swarm-events.ts';
import type { EventQueue } from './event-queue.ts';
import type { EngineMeter } from './engine-meter.ts';
import type { Path } from './simulated-channel.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedTracker } from './simulated-tracker.ts';
import { MAX_FURTHER_STRANDS } from '../../shared/swarm/limits.ts';
import { Session } from './session.ts';

/** Signals through the tracker, ICE and authentication, besides the way between the two. */
const HANDSHAKE_MS = 120;
const HANDSHAKE_ROUND_TRIPS = 4;

export type StepObserver = (
  host: SimulatedHost,
  event: SwarmEvent,
  effects: readonly SwarmEffect[],
) => void;

type HoldingsObserver = (host: SimulatedHost, noticedAfterMs?: number) => void;

export interface NetworkOptions {
  readonly geometry: Geometry;
  readonly queue: EventQueue;
  readonly random: Random;
  readonly tracker: SimulatedTracker;
  /** Decides which pairs can never connect. */
  readonly seed: number;
  readonly refusedPairsPercent: number;
  readonly areSourcesReachable: boolean;
  readonly meter?: EngineMeter | undefined;
  readonly onComplete: (host: SimulatedHost) => void;
  /** Told where one that was complete has lost some of it with its page. */
  readonly onIncomplete: (host: SimulatedHost) => void;
  /** Told where what a host holds has changed. */
  readonly onHoldings: HoldingsObserver;
  /** Told of every step of every engine, after its effects were carried out. */
  readonly onStep: StepObserver;
}

/** What lies between the hosts: names, dials, connections. */
export class SimulatedNetwork {
  readonly geometry: Geometry;
  readonly queue: EventQueue;
  readonly random: Random;
  readonly tracker: SimulatedTracker;
  readonly onStep: StepObserver;
  readonly onComplete: (host: SimulatedHost) => void;
  readonly onIncomplete: (host: SimulatedHost) => void;
  readonly onHoldings: HoldingsObserver;
  readonly #options: NetworkOptions;
  /** Frames handed to channels. */
  messageCount = 0;
  /** Until then no signal comes through, so nobody new is met. */
  signalsLostUntilMs = 0;
  /** Until then no further connection to anybody comes about. */
  strandsLostUntilMs = 0;
  /** Everybody who was ever known by a name, which is never given twice. */
  readonly #names = new Map<PeerId, SimulatedHost>();
  readonly #identities = new Map<PeerId, string>();
  readonly #paths = new Map<string, Path>();

  constructor(options: NetworkOptions) {
    this.geometry = options.geometry;
    this.queue = options.queue;
    this.random = options.random;
    this.tracker = options.tracker;
    this.onStep = options.onStep;
    this.onComplete = options.onComplete;
    this.onIncomplete = options.onIncomplete;
    this.onHoldings = options.onHoldings;
    this.#options = options;
  }

  /** One step of one engine. */
  handle(swarm: Swarm, event: SwarmEvent): readonly SwarmEffect[] {
    const { meter } = this.#options;
    const { nowMs } = this.queue;
    return meter === undefined
      ? swarm.handle(event, nowMs)
      : meter.measure(() => swarm.handle(event, nowMs));
  }

  rename(host: SimulatedHost, peerId: PeerId): void {
    host.peerId = peerId;
    this.#names.set(peerId, host);
    this.#identities.set(peerId, host.identity);
  }

  hostOf(peerId: PeerId): SimulatedHost | undefined {
    return this.#names.get(peerId);
  }

  /** Which browser went by that name. */
  identityOf(peerId: PeerId): string | undefined {
    return this.#identities.get(peerId);
  }

  /** Succeeds when both are still there under these names, or nothing is ever heard of it. */
  dial(from: SimulatedHost, peerId: PeerId): void {
    const to = this.#names.get(peerId);
    if (to === undefined) return;
    const fromPeerId = from.peerId;
    const delayMs = HANDSHAKE_MS + HANDSHAKE_ROUND_TRIPS * computeLatencyMs(from, to);
    this.queue.after(delayMs, () => {
      const areThere = from.peerId === fromPeerId && to.peerId === peerId && to.isOnline;
      const isWanted = from.isDialing(peerId) && !to.sessions.has(fromPeerId);
      const isHeard = this.tracker.isUp && this.queue.nowMs >= this.signalsLostUntilMs;
      if (areThere && isWanted && isHeard && this.#canConnect(from, to)) {
        this.#connect(from, to);
      }
    });
  }

  /** Further connections are made over the one that stands, and carry blocks once they do, if they come about. */
  widen(session: Session | undefined, wanted: number): void {
    if (session === undefined || this.queue.nowMs < this.strandsLostUntilMs) return;
    const { host, remote, twin } = session;
    const room = Math.min(computeStrandRoom(host), computeStrandRoom(remote));
    const strands = Math.min(wanted, session.promisedStrands + room);
    for (const end of [session, twin]) if (end !== undefined) end.promisedStrands = strands;
    const delayMs = HANDSHAKE_ROUND_TRIPS * computeLatencyMs(host, remote);
    host.agenda.after(delayMs, () => session.widen(strands));
    remote.agenda.after(delayMs, () => twin?.widen(strands));
  }

  /** The other end learns of it after the way there, or later. */
  close(session: Session, noticedAfterMs: number): void {
    if (!session.isOpen) return;
    this.#end(session);
    const { host, remote } = session;
    const { twin } = session;
    if (twin === undefined) return;
    remote.agenda.after(noticedAfterMs + computeLatencyMs(host, remote), () => {
      if (!twin.isOpen) return;
      this.#end(twin);
      remote.tell({ type: 'peer-disconnected', peerId: twin.remotePeerId });
    });
  }

  /** The host's own link has changed, and so has every way that goes over it. */
  recordChangedAccess(host: SimulatedHost): void {
    for (const { remote, channel, twin } of host.sessions.values()) {
      const path = this.#pathBetween(host, remote);
      channel.changePath(path);
      twin?.channel.changePath(path);
    }
  }

  /** The network between the two fails. */
  cut(session: Session | undefined): void {
    if (session?.isOpen !== true) return;
    this.close(session, 0);
    session.host.tell({ type: 'peer-disconnected', peerId: session.remotePeerId });
  }

  #end(session: Session): void {
    session.isOpen = false;
    session.channel.close();
    session.host.sessions.delete(session.remotePeerId);
  }

  #canConnect(a: SimulatedHost, b: SimulatedHost): boolean {
    const { seed, refusedPairsPercent, areSourcesReachable } = this.#options;
    const areLeechers = a.plan.role === 'leecher' && b.plan.role === 'leecher';
    if (areSourcesReachable && !areLeechers) return true;
    const [low, high] = a.index < b.index ? [a.index, b.index] : [b.index, a.index];
    return hashPair(low, high, seed) % 100 >= refusedPairsPercent;
  }

  #connect(from: SimulatedHost, to: SimulatedHost): void {
    const { random } = this;
    const path = this.#pathBetween(from, to);
    const [onward, back] = Session.createPair(from, to, { random, path });
    from.open(onward);
    to.open(back);
  }

  /** One value for all who have the same between them: so it is at hand when a frame of any of them leaves. */
  #pathBetween(a: SimulatedHost, b: SimulatedHost): Path {
    const path = computePath(a, b);
    const key = `${path.latencyMs} ${path.lossRate}`;
    const known = this.#paths.get(key) ?? path;
    this.#paths.set(key, known);
    return known;
  }
}

/** One way between the two, as both links are now. */
export function computePath(a: SimulatedHost, b: SimulatedHost): Path {
  return {
    latencyMs: computeLatencyMs(a, b),
    lossRate: 1 - (1 - a.access.lossRate) * (1 - b.access.lossRate),
  };
}

/** How many more connections it takes beside the first to each. */
function computeStrandRoom({ sessions }: SimulatedHost): number {
  let room = MAX_FURTHER_STRANDS;
  for (const { promisedStrands } of sessions.values()) room -= promisedStrands - 1;
  return Math.max(0, room);
}

function computeLatencyMs(a: SimulatedHost, b: SimulatedHost): number {
  return a.access.latencyMs + b.access.latencyMs;
}

/** 32 bits that look drawn at random, the same for the same pair and seed (the finalizer of MurmurHash3). */
function hashPair(low: number, high: number, seed: number): number {
  let mixed =
    Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca77) ^ Math.imul(seed, 0x27d4eb2f);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
