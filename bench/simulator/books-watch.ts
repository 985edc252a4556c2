import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';
import type { SwarmEvent } from '../../shared/swarm/swarm-events.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { Simulation } from './simulation.ts';
import { ANNOUNCE_DELAY_MS } from '../../shared/swarm/limits.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { InvariantError, check } from './invariants.ts';
import { TRACKER_DELAY_MS } from './simulated-tracker.ts';

const LOOK_EVERY_MS = 1_000;
/** Two of the intervals in which gains are gathered, and the way to the tracker. */
const BOOKS_LATE_MS = 2 * ANNOUNCE_DELAY_MS + TRACKER_DELAY_MS;

/** What one engine could have told the tracker, and since when. */
interface Account {
  /** The engine's own: another one after each load of the page. */
  readonly held: Bitfield;
  /** As it was when a change was noticed last. */
  readonly known: Bitfield;
  readonly changedAtMs: Float64Array;
  changes: number;
  /** The connection to the tracker that the engine was told of last. */
  peerId: PeerId;
  connectedAtMs: number;
}

/**
 * E14 while a swarm runs: of every honest peer the tracker's books tell, two announce intervals later, what it holds
 * and nothing else, and of who is gone nothing as soon as the tracker has noticed. While the tracker is away, and
 * before a peer is connected to it, nothing is expected.
 */
export class BooksWatch {
  readonly #simulation: Pick<Simulation, 'hosts' | 'network' | 'tracker'>;
  readonly #accounts = new Map<SimulatedHost, Account>();
  #looksAtMs = 0;

  constructor(simulation: Pick<Simulation, 'hosts' | 'network' | 'tracker'>) {
    this.#simulation = simulation;
  }

  /** After every step of any engine. */
  recordStep(nowMs: number, host: SimulatedHost, event: SwarmEvent): void {
    if (isAccountable(host)) this.#record(nowMs, host, event);
    if (nowMs < this.#looksAtMs) return;
    this.#looksAtMs = nowMs + LOOK_EVERY_MS;
    this.#look(nowMs);
  }

  #look(nowMs: number): void {
    const { hosts, tracker } = this.#simulation;
    if (!tracker.isUp) return;
    for (const host of hosts) this.#lookAt(host, nowMs);
    for (const peerId of tracker.bookedPeers) this.#lookForGone(peerId, nowMs);
  }

  #record(nowMs: number, host: SimulatedHost, event: SwarmEvent): void {
    const { held, peerId } = host;
    let account = this.#accounts.get(host);
    if (account?.held !== held) {
      account = openAccount(held);
      this.#accounts.set(host, account);
    }
    if (event.type === 'tracker-up') {
      account.peerId = peerId;
      account.connectedAtMs = nowMs;
    }
    if (account.changes === held.changes) return;
    account.changes = held.changes;
    for (let piece = 0; piece < held.length; piece += 1) {
      const isHeld = held.has(piece);
      const hasChanged = isHeld ? account.known.add(piece) : account.known.remove(piece);
      if (hasChanged) account.changedAtMs[piece] = nowMs;
    }
  }

  #lookAt(host: SimulatedHost, nowMs: number): void {
    const { index, held, isOnline, peerId } = host;
    const account = this.#accounts.get(host);
    if (!isOnline || account?.held !== held || account.peerId !== peerId) return;
    const { connectedAtMs, changedAtMs } = account;
    const trueSinceMs = nowMs - BOOKS_LATE_MS;
    if (connectedAtMs >= trueSinceMs) return;
    const booked = this.#simulation.tracker.bookedOf(peerId);
    check(booked !== undefined, `the tracker knows nothing of host ${index}`);
    if (booked === undefined || isSame(booked, held)) return;
    for (let piece = 0; piece < held.length; piece += 1) {
      if (booked.has(piece) === held.has(piece) || (changedAtMs[piece] ?? 0) >= trueSinceMs) {
        continue;
      }
      const said = held.has(piece) ? 'lacks' : 'holds';
      throw new InvariantError(`the tracker still says that host ${index} ${said} ${piece}`);
    }
  }

  #lookForGone(peerId: PeerId, nowMs: number): void {
    const host = this.#simulation.network.hostOf(peerId);
    if (host?.isOnline === true && host.peerId === peerId) return;
    const noticedAtMs = host?.record.goneAtMs.get(peerId) ?? -Infinity;
    const isLate = nowMs > noticedAtMs + TRACKER_DELAY_MS;
    check(!isLate, `the tracker still counts host ${host?.index} as ${peerId}, which is gone`);
  }
}

/** Has the tracker told what its engine says. */
function isAccountable({ plan, isLiar }: SimulatedHost): boolean {
  return !isLiar && plan.role !== 'free-rider';
}

function openAccount(held: Bitfield): Account {
  return {
    held,
    known: Bitfield.of(held.length, held.pieces()),
    changedAtMs: new Float64Array(held.length).fill(-Infinity),
    changes: held.changes,
    peerId: '',
    connectedAtMs: Infinity,
  };
}

function isSame(a: Bitfield, b: Bitfield): boolean {
  return a.count === b.count && a.countMissingFrom(b) === 0;
}
