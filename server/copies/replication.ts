import type { Bytes } from '../../shared/share/bytes.ts';
import type { CopyTarget } from '../../shared/share/copy-target.ts';
import type { Header } from '../../shared/share/header.ts';
import type { Holding, Swarm } from '../registry/swarm.ts';
import { DistrustBook } from './distrust-book.ts';
import type { Batch, Volunteer } from './volunteer.ts';

/** The sharer's word on copies, as it says it and as it signed it. */
export interface Target {
  readonly copies: number;
  readonly serial: number;
  readonly statement: Bytes;
}

/**
 * The copies of one share: how many browsers besides the sharer's hold each piece, and how many more were told to.
 * A browser counts once however many tabs it has, and not at all where one of them is the sharer or it is not
 * trusted. Every count is kept up to date at each change.
 */
export class Replication {
  readonly swarm: Swarm;
  readonly header: Header;
  readonly copies: Uint16Array;
  readonly promised: Uint8Array;
  readonly batches = new Set<Batch>();
  /** Who holds a piece as a volunteer, is in the swarm to do so, or was told to fetch one. */
  readonly volunteers = new Set<Volunteer>();
  readonly distrust = new DistrustBook();
  /** Of those that are in the swarm. */
  readonly #distrusted = new Set<Holding>();
  readonly #browsers = new Map<string, Holding[]>();
  #target: Target | undefined;
  #missing = 0;

  constructor(swarm: Swarm, header: Header) {
    this.swarm = swarm;
    this.header = header;
    this.copies = new Uint16Array(swarm.pieceCount);
    this.promised = new Uint8Array(swarm.pieceCount);
    for (const holding of swarm.holdings) this.put(holding);
  }

  get target(): Target | undefined {
    return this.#target;
  }

  /** Copies asked for; 0 where nobody asks. */
  get wanted(): number {
    return this.#target?.copies ?? 0;
  }

  /** Copies that nobody was told to make yet, of all pieces together. */
  get missing(): number {
    return this.#missing;
  }

  /** Returns whether it is news: the highest serial holds. */
  setTarget({ copies, serial }: CopyTarget, statement: Bytes): boolean {
    if (this.#target !== undefined && this.#target.serial >= serial) return false;
    this.#target = { copies, serial, statement };
    this.#missing = 0;
    for (let piece = 0; piece < this.copies.length; piece += 1) {
      this.#missing += this.#missingOf(piece);
    }
    return true;
  }

  put(holding: Holding): void {
    if (!this.#counts(holding)) this.#distrusted.add(holding);
    this.#regroup(holding, (group) => [...group, holding]);
  }

  take(holding: Holding): void {
    this.#distrusted.delete(holding);
    this.#regroup(holding, (group) => group.filter((other) => other !== holding));
  }

  /** This piece has come to the bitfield, or has left it. */
  recount(holding: Holding, piece: number, sign: 1 | -1): void {
    const group = this.#browsers.get(browserOf(holding)) ?? [];
    if (!this.#counts(holding) || group.some(isSharers)) return;
    const isElsewhere = group.some(
      (other) => other !== holding && this.#counts(other) && other.bitfield.has(piece),
    );
    if (!isElsewhere) this.#change(this.copies, piece, sign);
  }

  promise(piece: number, sign: 1 | -1): void {
    this.#change(this.promised, piece, sign);
  }

  /** From now on it counts for nothing here. */
  distrustHolder(holding: Holding): void {
    this.take(holding);
    this.distrust.add(holding.peerId, this.swarm.holdings);
    this.put(holding);
  }

  /** Whether this browser, in one of its tabs, holds the piece or made the share. */
  isInBrowser(holding: Holding, piece: number): boolean {
    const group = this.#browsers.get(browserOf(holding)) ?? [];
    return group.some((other) => isSharers(other) || other.bitfield.has(piece));
  }

  /** Whether a peer that is trusted holds the piece, be it the sharer. */
  hasSource(piece: number): boolean {
    let sources = this.swarm.availability[piece] ?? 0;
    for (const { bitfield } of this.#distrusted) if (bitfield.has(piece)) sources -= 1;
    return sources > 0;
  }

  #regroup(holding: Holding, change: (group: readonly Holding[]) => Holding[]): void {
    const browser = browserOf(holding);
    const before = this.#browsers.get(browser) ?? [];
    const after = change(before);
    this.#count(before, -1);
    this.#count(after, 1);
    if (after.length > 0) this.#browsers.set(browser, after);
    else this.#browsers.delete(browser);
  }

  #count(group: readonly Holding[], sign: 1 | -1): void {
    if (group.some(isSharers)) return;
    const counted = group.filter((holding) => this.#counts(holding) && holding.bitfield.count > 0);
    if (counted.length === 0) return;
    for (let piece = 0; piece < this.copies.length; piece += 1) {
      if (counted.some(({ bitfield }) => bitfield.has(piece))) {
        this.#change(this.copies, piece, sign);
      }
    }
  }

  #counts({ peerId }: Holding): boolean {
    return !this.distrust.has(peerId);
  }

  #change(counts: Uint16Array | Uint8Array, piece: number, sign: 1 | -1): void {
    this.#missing -= this.#missingOf(piece);
    counts[piece] = (counts[piece] ?? 0) + sign;
    this.#missing += this.#missingOf(piece);
  }

  #missingOf(piece: number): number {
    return Math.max(0, this.wanted - (this.copies[piece] ?? 0) - (this.promised[piece] ?? 0));
  }
}

function isSharers({ role }: Holding): boolean {
  return role === 'sharer';
}

/** No browser can take the name of one that has not told its own. */
function browserOf({ peerId, holderId }: Holding): string {
  return holderId === undefined ? `peer ${peerId}` : `browser ${holderId}`;
}
