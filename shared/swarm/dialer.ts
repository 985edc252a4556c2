import type { PeerRole } from '../wire/messages.ts';
import { MAX_FOUND_BITFIELD_BYTES, MAX_FOUND_PEERS } from '../tracker/limits.ts';
import type { Auditor } from './auditor.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { SwarmContext } from './swarm-context.ts';
import type { KnownPeer } from './swarm-events.ts';
import { isSatisfied } from './swarm-context.ts';
import {
  DIAL_TIMEOUT_MS,
  MAX_DIALS_AT_ONCE,
  MAX_DIALS_PER_MINUTE,
  MAX_KNOWN_PEERS,
  WANTED_BY_VOLUNTEER,
  WANTED_CONNECTIONS,
} from './limits.ts';

const MINUTE_MS = 60_000;
const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 60_000;
const FIRST_FIND_MS = 1_000;
const MAX_HUNGRY_FIND_MS = 10_000;
const CONTENT_FIND_MS = 30_000;
const SEEDER_FIND_MS = 120_000;
const MAX_FAILURES = 6;
const MAX_SHUNNED_PEERS = 1_000;
/** A connection that ended sooner was no success: the other end had no room for us. */
const LASTING_CONNECTION_MS = 30_000;

interface Candidate {
  /** By the tracker's hint. */
  readonly isSeeder: boolean;
  readonly role: PeerRole;
  failures: number;
  retryAtMs: number;
  connectedAtMs: number | undefined;
}

/** Decides whom to dial and when to ask the tracker for more. */
export class Dialer {
  readonly #context: SwarmContext;
  readonly #auditor: Pick<Auditor, 'lacksCopies'>;
  readonly #known = new Map<PeerId, Candidate>();
  /** Until when each dial may take. */
  readonly #dialing = new Map<PeerId, number>();
  /** Banned: never to be dialled again, however often the tracker names them. */
  readonly #shunned = new Set<PeerId>();
  /** Dials of the last minute, oldest first. */
  readonly #dialledAtMs: number[] = [];
  #failedDials = 0;
  /** While it is away, what is told to others reaches nobody. */
  #tracker: 'unknown' | 'up' | 'away' = 'unknown';
  #wasAnswered = false;
  #findAtMs = Infinity;
  #findDelayMs = FIRST_FIND_MS;

  constructor(context: SwarmContext, auditor: Pick<Auditor, 'lacksCopies'>) {
    this.#context = context;
    this.#auditor = auditor;
  }

  get dialingCount(): number {
    return this.#dialing.size;
  }

  get recentDials(): number {
    return this.#dialledAtMs.length;
  }

  get knownPeers(): number {
    return this.#known.size;
  }

  /** Before it is known whether there is anybody, and while somebody is dialled. */
  get isConnecting(): boolean {
    return this.#dialing.size > 0 || (this.#tracker !== 'away' && !this.#wasAnswered);
  }

  /** Dials in a row that led to no connection. */
  get failedDials(): number {
    return this.#failedDials;
  }

  get nextFindMs(): number {
    return this.#findAtMs;
  }

  handleTrackerUp(nowMs: number): void {
    this.#tracker = 'up';
    // What is still to be said of these dials was to be said under a name that is gone.
    for (const peerId of this.#dialing.keys()) {
      this.#context.emit({ type: 'disconnect', peerId, reason: 'dial-timeout' });
    }
    this.#dialing.clear();
    // The tracker may have been restarted: then every peer has another name.
    this.#known.clear();
    this.#findDelayMs = FIRST_FIND_MS;
    this.#find(nowMs);
  }

  handleTrackerDown(): void {
    this.#tracker = 'away';
    this.#findAtMs = Infinity;
  }

  /** A full answer is a sample; a shorter one is everybody, and whoever is not in it has left. */
  handleFound(peers: readonly KnownPeer[], nowMs: number): void {
    this.#wasAnswered = true;
    const former = new Map(this.#known);
    if (peers.length < this.#fullAnswer) this.#known.clear();
    for (const { peerId, bitfield, role } of peers) {
      if (this.#shunned.has(peerId)) continue;
      const known = former.get(peerId);
      this.#known.delete(peerId);
      this.#known.set(peerId, {
        isSeeder: bitfield.isFull,
        role,
        failures: known?.failures ?? 0,
        retryAtMs: known?.retryAtMs ?? 0,
        connectedAtMs: known?.connectedAtMs,
      });
    }
    dropOldest(this.#known, MAX_KNOWN_PEERS);
    for (const peer of this.#context.peers.values()) {
      const names = [peer.peerId, ...peer.otherNames];
      if (peer.holdsBack === 'unknown' && names.some((name) => this.isSaidToSeed(name))) {
        peer.holdsBack = 'maybe';
      }
    }
    this.#dialMore(nowMs);
  }

  /** By the tracker, of a member. */
  isSaidToSeed(peerId: PeerId): boolean {
    const known = this.#known.get(peerId);
    return known?.role === 'member' && known.isSeeder;
  }

  handleConnected(peerId: PeerId, nowMs: number): void {
    this.#dialing.delete(peerId);
    this.#failedDials = 0;
    const known = this.#known.get(peerId);
    if (known !== undefined) known.connectedAtMs = nowMs;
    this.#findDelayMs = FIRST_FIND_MS;
  }

  handleGone(peerId: PeerId, nowMs: number): void {
    if (this.#dialing.delete(peerId)) this.#failedDials += 1;
    const known = this.#known.get(peerId);
    if (known !== undefined) {
      const lastedMs = nowMs - (known.connectedAtMs ?? nowMs);
      if (lastedMs >= LASTING_CONNECTION_MS) known.failures = 0;
      known.connectedAtMs = undefined;
      known.failures += 1;
      const delayMs = Math.min(FIRST_RETRY_MS * 2 ** (known.failures - 1), MAX_RETRY_MS);
      known.retryAtMs = nowMs + delayMs;
      if (known.failures >= MAX_FAILURES) this.#known.delete(peerId);
    }
    this.handleLack(nowMs);
  }

  /** A source or a piece was lost: look sooner than was planned. */
  handleLack(nowMs: number): void {
    if (this.#tracker === 'up' && this.#isHungry(nowMs)) {
      this.#findDelayMs = FIRST_FIND_MS;
      this.#findAtMs = Math.min(this.#findAtMs, nowMs + FIRST_FIND_MS);
    }
    this.#dialMore(nowMs);
  }

  /** What the tracker said is old. */
  findNow(nowMs: number): void {
    if (this.#tracker !== 'up') return;
    this.#findDelayMs = FIRST_FIND_MS;
    this.#find(nowMs);
  }

  /** A banned peer is not dialled again. */
  shun(peerId: PeerId): void {
    this.#shunned.add(peerId);
    dropOldest(this.#shunned, MAX_SHUNNED_PEERS);
    this.#known.delete(peerId);
    this.#dialing.delete(peerId);
  }

  tick(nowMs: number): void {
    for (const [peerId, untilMs] of this.#dialing) {
      if (nowMs < untilMs) continue;
      this.#context.emit({ type: 'disconnect', peerId, reason: 'dial-timeout' });
      this.handleGone(peerId, nowMs);
    }
    if (nowMs >= this.#findAtMs) this.#find(nowMs);
    this.#dialMore(nowMs);
  }

  #find(nowMs: number): void {
    this.#context.emit({ type: 'find' });
    // Jitter keeps peers that started together from asking together.
    const spreadMs = (delayMs: number) => delayMs + this.#context.random.below(delayMs / 4);
    if (this.#isHungry(nowMs)) {
      this.#findAtMs = nowMs + spreadMs(this.#findDelayMs);
      this.#findDelayMs = Math.min(this.#findDelayMs * 2, MAX_HUNGRY_FIND_MS);
    } else {
      const isContent = isSatisfied(this.#context) && !this.#auditor.lacksCopies;
      this.#findAtMs = nowMs + spreadMs(isContent ? SEEDER_FIND_MS : CONTENT_FIND_MS);
    }
  }

  /** As many peers as one answer of the tracker has at most. */
  get #fullAnswer(): number {
    const bitfieldBytes = Math.ceil(this.#context.geometry.pieceCount / 8);
    return Math.min(MAX_FOUND_PEERS, Math.floor(MAX_FOUND_BITFIELD_BYTES / bitfieldBytes));
  }

  /** Pieces are missing, and nobody connected is sending any. */
  #isHungry(nowMs: number): boolean {
    if (isSatisfied(this.#context)) return false;
    for (const peer of this.#context.peers.values()) {
      if (peer.downMeter.computeBytesPerSecond(nowMs) > 0) return false;
    }
    return true;
  }

  /** Under this name or another. */
  #isConnected(peerId: PeerId): boolean {
    const { peers } = this.#context;
    if (peers.has(peerId)) return true;
    for (const peer of peers.values()) if (peer.otherNames.includes(peerId)) return true;
    return false;
  }

  #dialMore(nowMs: number): void {
    const { peers, role: ownRole } = this.#context;
    const isContent = isSatisfied(this.#context);
    const isVolunteer = ownRole === 'volunteer';
    // Who misses it dials a volunteer, and so does the sharer.
    if ((isVolunteer && isContent) || this.#tracker === 'away') return;
    const wantedCount = isVolunteer ? WANTED_BY_VOLUNTEER : WANTED_CONNECTIONS;
    while (nowMs - (this.#dialledAtMs[0] ?? nowMs) >= MINUTE_MS) this.#dialledAtMs.shift();
    for (const [peerId, { isSeeder, role, retryAtMs }] of this.#known) {
      const connectionCount = peers.size + this.#dialing.size;
      if (connectionCount >= wantedCount || this.#dialing.size >= MAX_DIALS_AT_ONCE) return;
      if (this.#dialledAtMs.length >= MAX_DIALS_PER_MINUTE) return;
      if (this.#isConnected(peerId) || this.#dialing.has(peerId) || nowMs < retryAtMs) continue;
      // Two seeders have nothing to give each other, unless one of them counts copies.
      if (isContent && isSeeder && !this.#auditor.lacksCopies) continue;
      this.#dialing.set(peerId, nowMs + DIAL_TIMEOUT_MS);
      this.#dialledAtMs.push(nowMs);
      this.#context.emit({ type: 'dial', peerId, role });
    }
  }
}

function dropOldest(names: Map<PeerId, unknown> | Set<PeerId>, keep: number): void {
  for (const oldest of names.keys()) {
    if (names.size <= keep) return;
    names.delete(oldest);
  }
}
