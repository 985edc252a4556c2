import type { Bytes } from '../share/bytes.ts';
import type { Membership } from './membership.ts';
import type { Clock } from './ports/clock.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { IceServer, Signal, Transport } from './ports/transport.ts';
import type { SessionEvents } from './peer-session.ts';
import { encodeBase64Url } from '../share/base64url.ts';
import { openSignal, sealSignal } from '../share/signal-sealing.ts';
import { MAX_CONNECTIONS } from './limits.ts';
import { PeerSession } from './peer-session.ts';
import { ProofFailures } from './proof-failures.ts';
import { decodeEnvelope, encodeEnvelope } from './signal-envelope.ts';

const DIAL_ID_LENGTH = 9;
/** Sessions that may be half open beyond the connections the engine keeps. */
const MAX_SESSIONS = MAX_CONNECTIONS + 10;
/** Candidates that may overtake their offer, and signals in all that one dial may bring. */
const MAX_EARLY_SIGNALS = 20;
const MAX_SIGNALS_PER_DIAL = 64;
/** Signals that wait to be opened; the tracker relays no more than it likes to, and we need not take more than this. */
const MAX_WAITING_SIGNALS = 512;
/** Offers remembered, so that none is answered twice. */
const MAX_KNOWN_OFFERS = 512;

export interface ConnectorOptions {
  readonly membership: Membership;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly sendSignal: (to: PeerId, sealed: Bytes) => void;
  /** What happens on the session with one peer. */
  readonly eventsFor: (peerId: PeerId) => Omit<SessionEvents, 'onSignal'>;
}

interface Dial {
  readonly dialId: string;
  readonly session: PeerSession;
  signalCount: number;
  /** Each end describes itself once: a tracker that repeats a description changes nothing. */
  isDescribed: boolean;
}

/** Makes sessions: dials, answers, settles who gives way when both dial at once, and seals what the tracker relays. */
export class Connector {
  readonly #options: ConnectorOptions;
  readonly #dials = new Map<PeerId, Dial>();
  /** Candidates that came before their offer, by dial. */
  readonly #early = new Map<string, Signal[]>();
  /** Offers that were decided upon, by dial. */
  readonly #offers = new Set<string>();
  readonly #proofFailures: ProofFailures;
  #localPeerId: PeerId | undefined;
  #iceServers: readonly IceServer[] = [];
  /** Sealing takes time; signals leave and arrive in order all the same. */
  #outgoing: Promise<unknown> = Promise.resolve();
  #incoming: Promise<unknown> = Promise.resolve();
  #waitingCount = 0;

  constructor(options: ConnectorOptions) {
    this.#options = options;
    this.#proofFailures = new ProofFailures(options.clock);
  }

  /** Attempts in a row of others to connect that did not show that they have the link (A7). */
  get failedProofs(): number {
    return this.#proofFailures.count;
  }

  /** From now on we are known by this name. Sessions that stand keep the names they were made with. */
  setIdentity(peerId: PeerId, iceServers: readonly IceServer[]): void {
    this.#localPeerId = peerId;
    this.#iceServers = iceServers;
  }

  session(peerId: PeerId): PeerSession | undefined {
    return this.#dials.get(peerId)?.session;
  }

  /** False where it cannot be tried now. */
  dial(peerId: PeerId): boolean {
    if (this.#dials.has(peerId)) return true;
    if (this.#localPeerId === undefined || this.#dials.size >= MAX_SESSIONS) return false;
    const dialId = encodeBase64Url(crypto.getRandomValues(new Uint8Array(DIAL_ID_LENGTH)));
    this.#open(peerId, dialId, 'initiator', this.#localPeerId);
    return true;
  }

  /** Takes in what the tracker relayed. What cannot be opened was not sent by a member, and is ignored. */
  receive(from: PeerId, sealed: Bytes): void {
    const localPeerId = this.#localPeerId;
    if (localPeerId === undefined || this.#waitingCount >= MAX_WAITING_SIGNALS) return;
    this.#waitingCount += 1;
    const { shareId, signalKey } = this.#options.membership;
    const opening = openSignal(signalKey, shareId, from, localPeerId, sealed);
    const turn = this.#incoming.then(() => opening);
    this.#incoming = turn;
    // Beside the queue, not in it: what goes wrong with one signal does not stop those behind it.
    void turn.then((opened) => {
      this.#waitingCount -= 1;
      if (opened === undefined) this.#proofFailures.record();
      const envelope = opened === undefined ? undefined : decodeEnvelope(opened);
      if (envelope !== undefined && localPeerId === this.#localPeerId) {
        this.#take(from, envelope.dialId, envelope.signal, localPeerId);
      }
    });
  }

  close(peerId: PeerId): void {
    this.#dials.get(peerId)?.session.close();
    this.#dials.delete(peerId);
  }

  closeAll(): void {
    for (const peerId of this.#dials.keys()) this.close(peerId);
    this.#localPeerId = undefined;
  }

  #take(from: PeerId, dialId: string, signal: Signal, localPeerId: PeerId): void {
    const dial = this.#dials.get(from);
    if (dial?.dialId === dialId) this.#pass(dial, signal);
    else if (signal.type === 'offer') this.#answer(from, dialId, signal, localPeerId);
    else if (signal.type === 'candidate') this.#keepEarly(`${from} ${dialId}`, signal);
  }

  #pass(dial: Dial, signal: Signal): void {
    dial.signalCount += 1;
    if (dial.signalCount > MAX_SIGNALS_PER_DIAL) return;
    if (signal.type !== 'candidate') {
      if (signal.type === 'offer' || dial.isDescribed) return;
      dial.isDescribed = true;
    }
    dial.session.signal(signal);
  }

  #answer(from: PeerId, dialId: string, offer: Signal, localPeerId: PeerId): void {
    const key = `${from} ${dialId}`;
    if (!this.#isNewOffer(key)) return;
    const dial = this.#dials.get(from);
    if (dial !== undefined) {
      // Both dialled: the offer of the lesser peer ID stands, and both ends know that.
      const isOurs = dial.session.end === 'initiator' && !dial.session.isAuthenticated;
      if (isOurs && localPeerId < from) return;
      const wasAuthenticated = dial.session.isAuthenticated;
      this.close(from);
      if (wasAuthenticated) this.#options.eventsFor(from).onFailure('closed');
      // Whoever was told may have closed everything.
      if (localPeerId !== this.#localPeerId) return;
    } else if (this.#dials.size >= MAX_SESSIONS) return;
    const session = this.#open(from, dialId, 'responder', localPeerId);
    session.signal(offer);
    for (const signal of this.#early.get(key) ?? []) session.signal(signal);
    this.#early.delete(key);
  }

  #isNewOffer(key: string): boolean {
    if (this.#offers.has(key)) return false;
    this.#offers.add(key);
    for (const oldest of this.#offers) {
      if (this.#offers.size <= MAX_KNOWN_OFFERS) break;
      this.#offers.delete(oldest);
    }
    return true;
  }

  #open(
    peerId: PeerId,
    dialId: string,
    end: 'initiator' | 'responder',
    localPeerId: PeerId,
  ): PeerSession {
    const { membership, transport, clock, eventsFor } = this.#options;
    const events = eventsFor(peerId);
    const session = new PeerSession({
      membership,
      transport,
      clock,
      iceServers: this.#iceServers,
      end,
      localPeerId,
      remotePeerId: peerId,
      events: {
        ...events,
        onSignal: (signal) => this.#send(localPeerId, peerId, dialId, signal),
        onAuthenticated: (identity) => {
          this.#proofFailures.clear();
          events.onAuthenticated(identity);
        },
        onFailure: (failure) => {
          if (failure === 'wrong-proof') this.#proofFailures.record();
          if (this.#dials.get(peerId)?.session === session) this.#dials.delete(peerId);
          events.onFailure(failure);
        },
      },
    });
    this.#dials.set(peerId, { dialId, session, signalCount: 0, isDescribed: end === 'responder' });
    return session;
  }

  #send(localPeerId: PeerId, to: PeerId, dialId: string, signal: Signal): void {
    const { shareId, signalKey } = this.#options.membership;
    const plaintext = encodeEnvelope({ dialId, signal });
    const sealing = sealSignal(signalKey, shareId, localPeerId, to, plaintext).catch(() => {
      // Too long to be relayed: without it the dial comes to nothing, and times out.
      return undefined;
    });
    const turn = this.#outgoing.then(() => sealing);
    this.#outgoing = turn;
    void turn.then((sealed) => {
      // The name we dialled under is gone after a reconnection: the other end could not open it any more.
      if (sealed === undefined || localPeerId !== this.#localPeerId) return;
      this.#options.sendSignal(to, sealed);
    });
  }

  #keepEarly(key: string, signal: Signal): void {
    const kept = this.#early.get(key) ?? [];
    if (kept.length < MAX_EARLY_SIGNALS) kept.push(signal);
    this.#early.delete(key);
    this.#early.set(key, kept);
    for (const oldest of this.#early.keys()) {
      if (this.#early.size <= MAX_SESSIONS) break;
      this.#early.delete(oldest);
    }
  }
}
