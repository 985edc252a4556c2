import type { PeerRole } from '../wire/messages.ts';
import type { Auditor } from './auditor.ts';
import type { Peer } from './peer.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { SwarmContext } from './swarm-context.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { withdrawClaim } from './claims.ts';
import { DownloadCount } from './download-count.ts';
import {
  MAX_BITFIELD_MESSAGES,
  MAX_CONNECTIONS,
  MAX_OTHER_NAMES,
  MAX_VOLUNTEERS,
} from './limits.ts';
import { createPeer } from './peer.ts';

/** Silent for so long, a connection may be dead without either end knowing. */
const SILENT_MS = 10_000;

/** Who is connected, who is banned, and what each claims to hold. */
export class PeerBook {
  readonly #context: SwarmContext;
  readonly #auditor: Pick<Auditor, 'needs'>;
  readonly #banned = new Set<string>();
  readonly #downloads = new DownloadCount();

  constructor(context: SwarmContext, auditor: Pick<Auditor, 'needs'>) {
    this.#context = context;
    this.#auditor = auditor;
  }

  /** How many members were seen to get everything. */
  get downloadCount(): number {
    return this.#downloads.count;
  }

  /** Undefined where the newcomer was dropped at once. */
  add(peerId: PeerId, identity: string, role: PeerRole, nowMs: number): Peer | undefined {
    const { peers, picker, geometry, drop } = this.#context;
    const former = [...peers.values()].find((other) => other.identity === identity);
    const peer = createPeer(peerId, identity, role, geometry, nowMs);
    peers.set(peerId, peer);
    picker.addSource(peer);
    if (this.#banned.has(identity)) drop(peer, 'banned');
    else if (former !== undefined) {
      // After the tracker restarts everybody has a new name, and is found a second time. Both ends have just heard
      // of each other where bytes flow, so both keep that connection.
      const [kept, spare] = nowMs - former.spokeAtMs < SILENT_MS ? [former, peer] : [peer, former];
      kept.otherNames.push(spare.peerId);
      if (kept.otherNames.length > MAX_OTHER_NAMES) kept.otherNames.shift();
      drop(spare, 'same-peer');
    } else if (this.#isVolunteerTooMany(peer)) drop(peer, 'too-many-peers');
    else if (peers.size > MAX_CONNECTIONS) drop(this.#findUseless(peer) ?? peer, 'too-many-peers');
    return peers.get(peerId);
  }

  /** Drops the peer, and every connection of the same browser from now on. */
  ban(peer: Peer, reason: 'bad-piece'): void {
    this.#banned.add(peer.identity);
    for (const other of this.#context.peers.values()) {
      if (other.identity === peer.identity) this.#context.drop(other, reason);
    }
  }

  remove(peer: Peer): void {
    const { peers, picker } = this.#context;
    peers.delete(peer.peerId);
    picker.removeSource(peer);
    if (peer.isCountedAsSeeder) picker.removeSeeder();
    else for (const piece of peer.bitfield.pieces()) picker.removeHolder(piece);
  }

  /** Adds to what was claimed before. False where the peer was dropped for it. */
  recordBitfield(peer: Peer, bytes: Uint8Array): boolean {
    const claimed = Bitfield.fromBytes(bytes, this.#context.geometry.pieceCount);
    peer.bitfieldMessages += 1;
    if (claimed === undefined || peer.bitfieldMessages > MAX_BITFIELD_MESSAGES) {
      this.#context.drop(peer, 'bad-bitfield');
      return false;
    }
    if (claimed.isFull && peer.bitfield.count === 0) {
      peer.isCountedAsSeeder = true;
      this.#context.picker.addSeeder();
    }
    for (const piece of claimed.pieces()) this.recordHave(peer, piece);
    return true;
  }

  recordHave(peer: Peer, piece: number): void {
    if (!peer.bitfield.add(piece)) return;
    this.#context.picker.recordHave(peer, piece);
    if (!peer.isCountedAsSeeder) this.#context.picker.addHolder(piece);
  }

  /** All that the peer has just said is recorded. */
  recordProgress(peer: Peer): void {
    this.#downloads.record(peer);
  }

  /** The peer holds one piece less. False where it never said that it held it. */
  recordLost(peer: Peer, piece: number): boolean {
    return withdrawClaim(peer, piece, this.#context.picker);
  }

  #isVolunteerTooMany({ role }: Peer): boolean {
    if (role === 'member' || this.#context.role === 'volunteer') return false;
    return this.#volunteers().length > MAX_VOLUNTEERS;
  }

  /** Two seeders have nothing to give each other, unless one counts copies; and a volunteer makes room for a member. */
  #findUseless(newcomer: Peer): Peer | undefined {
    const { peers, held } = this.#context;
    const isUseless = (peer: Peer) => peer.bitfield.isFull && !this.#auditor.needs(peer);
    const seeder = held.isFull ? [...peers.values()].find(isUseless) : undefined;
    return seeder ?? (newcomer.role === 'member' ? this.#findIdleVolunteer() : undefined);
  }

  /** Rather one that we ask nothing of, of these the newest. */
  #findIdleVolunteer(): Peer | undefined {
    const volunteers = this.#volunteers().filter((peer) => !this.#auditor.needs(peer));
    return volunteers.findLast((peer) => peer.outstandingBytes === 0) ?? volunteers.at(-1);
  }

  #volunteers(): readonly Peer[] {
    return [...this.#context.peers.values()].filter(({ role }) => role === 'volunteer');
  }
}
