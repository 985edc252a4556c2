import type { Bytes } from '../share/bytes.ts';
import type { Membership } from './membership.ts';
import type { Clock } from './ports/clock.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { IceServer, Transport } from './ports/transport.ts';
import type { KeyKind } from './sealed-signals.ts';
import type { SignalEnvelope } from './signal-envelope.ts';
import type { PeerRole } from '../wire/messages.ts';
import type { SessionEvents } from './peer-session.ts';
import { encodeBase64Url } from '../share/base64url.ts';
import {
  ANSWERS_TO_MEMBERS,
  ANSWERS_TO_STRANGERS,
  MAX_CONNECTIONS,
  MAX_FURTHER_STRANDS,
  MAX_VOLUNTEERS,
} from './limits.ts';
import { OfferDesk } from './offer-desk.ts';
import { PeerSession } from './peer-session.ts';
import { ProofFailures } from './proof-failures.ts';
import { SignalFilter } from './signal-filter.ts';
import { keysOf, openUnderEither, sealEnvelope } from './sealed-signals.ts';

const DIAL_ID_LENGTH = 9;
/** Sessions that may be half open beyond the connections the engine keeps. */
const MAX_SESSIONS = MAX_CONNECTIONS + 10;
/** Of these a member opens so many with volunteers: whoever knows the header can ask for them. */
const MAX_PUBLIC_SESSIONS = MAX_VOLUNTEERS + 6;
/** Signals that wait to be opened; the tracker relays no more than it likes to, and we need not take more than this. */
const MAX_WAITING_SIGNALS = 512;

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
  readonly kind: KeyKind;
  readonly session: PeerSession;
  readonly filter: SignalFilter;
}

/** Makes sessions: dials, answers, settles who gives way when both dial at once, and seals what the tracker relays. */
export class Connector {
  readonly #options: ConnectorOptions;
  readonly #dials = new Map<PeerId, Dial>();
  /** Each is to take the place of a dial that stands, once the other end has proved itself on it (S11). */
  readonly #successors = new Map<PeerId, Dial>();
  readonly #desks: Readonly<Record<KeyKind, OfferDesk>>;
  readonly #proofFailures: ProofFailures;
  #localPeerId: PeerId | undefined;
  #isDoorClosed = false;
  #iceServers: readonly IceServer[] = [];
  /** Sealing takes time; signals leave and arrive in order all the same. */
  #outgoing: Promise<unknown> = Promise.resolve();
  #incoming: Promise<unknown> = Promise.resolve();
  #waitingCount = 0;

  constructor(options: ConnectorOptions) {
    this.#options = options;
    const isVolunteer = options.membership.role === 'volunteer';
    this.#desks = {
      link: new OfferDesk(options.clock, ANSWERS_TO_MEMBERS),
      // A volunteer knows no others.
      public: new OfferDesk(options.clock, isVolunteer ? ANSWERS_TO_MEMBERS : ANSWERS_TO_STRANGERS),
    };
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
  dial(peerId: PeerId, role: PeerRole = 'member'): boolean {
    const isVolunteer = this.#options.membership.role === 'volunteer' || role === 'volunteer';
    const kind = isVolunteer ? 'public' : 'link';
    if (this.#dials.has(peerId)) return true;
    if (this.#localPeerId === undefined || !this.#hasRoom(kind)) return false;
    const dialId = encodeBase64Url(crypto.getRandomValues(new Uint8Array(DIAL_ID_LENGTH)));
    this.#dials.set(peerId, this.#create(peerId, dialId, kind, 'initiator', this.#localPeerId));
    return true;
  }

  /** Takes in what the tracker relayed. What cannot be opened was not meant for us, and is ignored. */
  receive(from: PeerId, sealed: Bytes): void {
    const localPeerId = this.#localPeerId;
    if (localPeerId === undefined || this.#isDoorClosed) return;
    if (this.#waitingCount >= MAX_WAITING_SIGNALS) return;
    this.#waitingCount += 1;
    const opening = openUnderEither(this.#options.membership, from, localPeerId, sealed);
    const turn = this.#incoming.then(() => opening);
    this.#incoming = turn;
    // Beside the queue, not in it: what goes wrong with one signal does not stop those behind it.
    void turn.then((opened) => {
      this.#waitingCount -= 1;
      if (opened === undefined) this.#proofFailures.record();
      const isOurs = localPeerId === this.#localPeerId && !this.#isDoorClosed;
      if (opened?.envelope !== undefined && isOurs) {
        this.#take(from, opened.envelope, opened.kind, localPeerId);
      }
    });
  }

  close(peerId: PeerId): void {
    for (const dials of [this.#successors, this.#dials]) {
      dials.get(peerId)?.session.close();
      dials.delete(peerId);
    }
  }

  /** From now on nobody is dialled or answered. Who has not shown yet that it has the link is sent away. */
  closeDoor(): void {
    this.#isDoorClosed = true;
    for (const { session } of this.#successors.values()) session.close();
    this.#successors.clear();
    for (const [peerId, { session }] of this.#dials) {
      if (session.isAuthenticated) continue;
      this.close(peerId);
      this.#options.eventsFor(peerId).onFailure('closed');
    }
  }

  closeAll(): void {
    for (const peerId of this.#dials.keys()) this.close(peerId);
    this.#localPeerId = undefined;
  }

  #take(from: PeerId, envelope: SignalEnvelope, kind: KeyKind, localPeerId: PeerId): void {
    const { dialId, signal } = envelope;
    const dials = [this.#dials.get(from), this.#successors.get(from)];
    const dial = dials.find((dial) => dial?.dialId === dialId && dial.kind === kind);
    if (dial !== undefined) {
      if (dial.filter.takes(signal)) dial.session.signal(signal);
      return;
    }
    // The tracker has the public keys too: with them it cannot touch what members have between them.
    if (kind === 'public' && dials.some((dial) => dial?.kind === 'link')) return;
    if (signal.type === 'offer') this.#answer(from, envelope, kind, localPeerId);
    else if (signal.type === 'candidate') {
      this.#desks[kind].keepEarly(`${from} ${dialId}`, signal);
    }
  }

  #answer(from: PeerId, envelope: SignalEnvelope, kind: KeyKind, localPeerId: PeerId): void {
    const { dialId, signal: offer } = envelope;
    const name = `${from} ${dialId}`;
    const desk = this.#desks[kind];
    if (!desk.isNew(name)) return;
    const dial = this.#dials.get(from);
    const isProved = dial?.session.isAuthenticated === true;
    // Both dialled: the offer of the lesser peer ID stands, and both ends know that.
    const isOurs = dial?.session.end === 'initiator' && !isProved;
    if (isOurs && dial.kind === kind && localPeerId < from) return;
    // A tracker may have kept an offer back, and bring it late: what is proved stays until the new one is as well.
    const dials = isProved ? this.#successors : this.#dials;
    const replaced = dials.get(from);
    if (replaced === undefined && !this.#hasRoom(kind)) return;
    if (!desk.takeAnswer(from)) return;
    replaced?.session.close();
    const successor = this.#create(from, dialId, kind, 'responder', localPeerId);
    dials.set(from, successor);
    successor.session.signal(offer);
    for (const signal of desk.takeEarly(name)) successor.session.signal(signal);
  }

  #hasRoom(kind: KeyKind): boolean {
    const dials = [...this.#dials.values(), ...this.#successors.values()];
    if (this.#isDoorClosed || dials.length >= MAX_SESSIONS) return false;
    if (kind === 'link' || this.#options.membership.role === 'volunteer') return true;
    return dials.filter((dial) => dial.kind === 'public').length < MAX_PUBLIC_SESSIONS;
  }

  #countStrands(): number {
    return [...this.#dials.values()].reduce((sum, { session }) => sum + session.furtherStrands, 0);
  }

  #create(
    peerId: PeerId,
    dialId: string,
    kind: KeyKind,
    end: 'initiator' | 'responder',
    localPeerId: PeerId,
  ): Dial {
    const { membership, transport, clock, eventsFor } = this.#options;
    const events = eventsFor(peerId);
    const session = new PeerSession({
      shareId: membership.shareId,
      keys: keysOf(membership, kind),
      role: membership.role,
      acceptedRoles: computeAcceptedRoles(membership.role, kind),
      transport,
      clock,
      iceServers: this.#iceServers,
      end,
      localPeerId,
      remotePeerId: peerId,
      hasRoomForStrand: () => this.#countStrands() < MAX_FURTHER_STRANDS,
      events: {
        ...events,
        onSignal: (signal) => this.#send(localPeerId, peerId, kind, { dialId, signal }),
        onAuthenticated: (identity, role) => {
          if (kind === 'link') this.#proofFailures.clear();
          if (this.#successors.get(peerId)?.session === session) {
            this.#dials.get(peerId)?.session.close();
            this.#succeed(peerId);
            events.onFailure('closed');
            // Whoever was told may have closed everything.
            if (!session.isAuthenticated) return;
          }
          events.onAuthenticated(identity, role);
        },
        onFailure: (failure) => {
          if (kind === 'link' && failure === 'wrong-proof') this.#proofFailures.record();
          if (this.#successors.get(peerId)?.session === session) {
            this.#successors.delete(peerId);
            return;
          }
          this.#succeed(peerId);
          events.onFailure(failure);
        },
      },
    });
    return { dialId, kind, session, filter: new SignalFilter(end) };
  }

  /** The dial with that peer is over. */
  #succeed(peerId: PeerId): void {
    const successor = this.#successors.get(peerId);
    this.#successors.delete(peerId);
    if (successor === undefined) this.#dials.delete(peerId);
    else this.#dials.set(peerId, successor);
  }

  #send(localPeerId: PeerId, to: PeerId, kind: KeyKind, envelope: SignalEnvelope): void {
    const sealing = sealEnvelope(this.#options.membership, kind, localPeerId, to, envelope);
    const turn = this.#outgoing.then(() => sealing);
    this.#outgoing = turn;
    void turn.then((sealed) => {
      // The name we dialled under is gone after a reconnection: the other end could not open it any more.
      if (sealed === undefined || localPeerId !== this.#localPeerId) return;
      this.#options.sendSignal(to, sealed);
    });
  }
}

/** A member is taken for one only under the link's keys, so that nobody without the link can pass for one. */
function computeAcceptedRoles(role: PeerRole, kind: KeyKind): readonly PeerRole[] {
  if (role === 'volunteer') return ['member', 'volunteer'];
  return kind === 'link' ? ['member'] : ['volunteer'];
}
