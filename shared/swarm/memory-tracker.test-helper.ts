import type { Bytes } from '../share/bytes.ts';
import type { ShareId } from '../share/share-id.ts';
import type {
  Announcement,
  FoundPeer,
  PeerId,
  PieceRanges,
  TrackerClient,
  TrackerEvents,
  TrackerSession,
  VolunteerEvents,
  VolunteerLine,
} from './ports/tracker-client.ts';
import { encodeBase64Url } from '../share/base64url.ts';
import { listPieces } from '../share/piece-ranges.ts';
import { Bitfield } from '../wire/bitfield.ts';

/** A signal on its way through the tracker. */
export interface Relayed {
  readonly from: PeerId;
  readonly to: PeerId;
  readonly sealed: Bytes;
}

/** What a peer said of another. */
interface Distrust {
  readonly from: PeerId;
  readonly peerId: PeerId;
  readonly signature: Bytes | undefined;
}

interface Member {
  readonly shareId: ShareId;
  readonly events: TrackerEvents;
  peerId: PeerId;
  announcement: Announcement | undefined;
}

/** A tracker in memory that keeps honest books, and does with signals what `relay` says. */
export class MemoryTracker implements TrackerClient {
  readonly relayed: Relayed[] = [];
  readonly #members = new Set<Member>();
  readonly #headers = new Map<ShareId, Bytes>();
  readonly distrusts: Distrust[] = [];
  readonly volunteers: VolunteerEvents[] = [];
  /** The last word on each share's end, as it was told. */
  readonly ends = new Map<ShareId, Bytes>();
  /** Those of shares that were removed. */
  readonly forgottenEnds: ShareId[] = [];
  /** Refused as ended. */
  readonly ended = new Set<ShareId>();
  #peerCount = 0;
  isUp = true;
  /** Calls on a session that had left. */
  lateCallCount = 0;
  /** What becomes of a signal: `deliver` passes it on, or another in its place, now or later, often or never. */
  relay: (signal: Relayed, deliver: (signal: Relayed) => void) => void = (signal, deliver) =>
    deliver(signal);

  get memberCount(): number {
    return this.#members.size;
  }

  join(shareId: ShareId, events: TrackerEvents): TrackerSession {
    const member: Member = { shareId, events, peerId: this.#nextPeerId(), announcement: undefined };
    this.#members.add(member);
    soon(() => this.#welcome(member));
    return {
      announce: async (announcement) => {
        this.#countIfLate(member);
        if (!this.isUp) return { kind: 'unavailable' };
        if (this.ended.has(shareId)) {
          return { kind: 'refused', code: 'ended', end: this.ends.get(shareId) };
        }
        this.#headers.set(shareId, announcement.header);
        member.announcement = announcement;
        return { kind: 'announced' };
      },
      announceGained: async (ranges) => {
        this.#countIfLate(member);
        if (!this.isUp) return { kind: 'unavailable' };
        const { announcement } = member;
        if (announcement === undefined) return { kind: 'refused', code: 'not-announced' };
        const bitfield = addRanges(announcement.bitfield, ranges);
        member.announcement = { ...announcement, bitfield };
        return { kind: 'announced' };
      },
      find: async () => this.#find(member),
      relays: () => [],
      signal: (to, sealed) => {
        this.#countIfLate(member);
        if (!this.isUp) return;
        const signal = { from: member.peerId, to, sealed };
        this.relayed.push(signal);
        this.relay(signal, (relayed) => this.deliver(relayed));
      },
      distrust: (peerId, signature) => {
        this.#countIfLate(member);
        if (this.isUp) this.distrusts.push({ from: member.peerId, peerId, signature });
      },
      leave: () => this.#members.delete(member),
    };
  }

  tellEnd(shareId: ShareId, _: Bytes, end: Bytes): void {
    this.ends.set(shareId, end);
  }

  forgetEnd(shareId: ShareId): void {
    this.forgottenEnds.push(shareId);
  }

  /** To everybody in the swarm. */
  announceEnd(shareId: ShareId, end: Bytes): void {
    for (const member of this.#members) {
      if (member.shareId === shareId) soon(() => member.events.onEnd?.(end));
    }
  }

  /** Books whatever is offered, and orders nothing by itself: a test calls the events. */
  volunteer(events: VolunteerEvents): VolunteerLine {
    this.volunteers.push(events);
    soon(() => events.onWelcome());
    return {
      offer: async () => this.isUp,
      unload: async () => (this.isUp ? [] : undefined),
      decline: () => {},
      withdraw: () => {},
    };
  }

  deliver({ from, to, sealed }: Relayed): void {
    soon(() => {
      for (const member of this.#members) {
        if (member.peerId === to) member.events.onSignal(from, sealed.slice());
      }
    });
  }

  /** Everybody is disconnected, forgotten, and welcomed again under a new name. */
  restart(): void {
    for (const member of this.#members) {
      member.events.onDown();
      member.peerId = this.#nextPeerId();
      member.announcement = undefined;
      soon(() => this.#welcome(member));
    }
  }

  #welcome(member: Member): void {
    if (!this.#members.has(member)) return;
    const { peerId } = member;
    member.events.onWelcome({ peerId, iceServers: [], announceIntervalMs: 120_000 });
  }

  #countIfLate(member: Member): void {
    if (!this.#members.has(member)) this.lateCallCount += 1;
  }

  #find(asker: Member): Awaited<ReturnType<TrackerSession['find']>> {
    this.#countIfLate(asker);
    const header = this.#headers.get(asker.shareId);
    if (!this.isUp) return { kind: 'unavailable' };
    const end = this.ends.get(asker.shareId);
    if (this.ended.has(asker.shareId)) return { kind: 'ended', end };
    if (header === undefined) return { kind: 'unknown-share' };
    const peers: FoundPeer[] = [];
    for (const { shareId, peerId, announcement } of this.#members) {
      if (shareId !== asker.shareId || peerId === asker.peerId) continue;
      if (announcement === undefined) continue;
      const isVolunteer = announcement.role === 'volunteer';
      peers.push({ peerId, bitfield: announcement.bitfield.slice(), isVolunteer });
    }
    const volunteerHolderCount = peers.filter(({ isVolunteer }) => isVolunteer).length;
    const counts = { seederCount: 0, holderCount: peers.length, volunteerHolderCount };
    return { kind: 'found', header, peers, ...counts, end };
  }

  /** Pseudorandom, so that names do not rise with age. */
  #nextPeerId(): PeerId {
    this.#peerCount += 1;
    const bytes = new Uint8Array(16);
    new DataView(bytes.buffer).setUint32(0, Math.imul(this.#peerCount, 0x9e3779b1) >>> 0);
    return encodeBase64Url(bytes);
  }
}

function addRanges(bytes: Bytes, ranges: PieceRanges): Bytes {
  const bitfield = Bitfield.fromBytes(bytes, bytes.byteLength * 8) ?? new Bitfield(0);
  for (const piece of listPieces(ranges)) bitfield.add(piece);
  return bitfield.toBytes();
}

function soon(action: () => void): void {
  void Promise.resolve().then(action);
}
