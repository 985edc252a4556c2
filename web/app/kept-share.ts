import type { CopyTarget } from '../../shared/share/copy-target.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Membership } from '../../shared/swarm/membership.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { PieceStore, StoreError } from '../../shared/swarm/ports/piece-store.ts';
import type { PieceRanges, TrackerClient } from '../../shared/swarm/ports/tracker-client.ts';
import type { Transport } from '../../shared/swarm/ports/transport.ts';
import type { VolunteerPieces, VolunteerRecord } from './ports/volunteer-records.ts';
import type { KeptPieces } from './volunteering.ts';
import { verifyCopyTarget } from '../../shared/share/copy-target.ts';
import { computeSealedLength, isPiece } from '../../shared/share/geometry.ts';
import { decodeHeader, verifyHeader } from '../../shared/share/header.ts';
import { listPieces } from '../../shared/share/piece-ranges.ts';
import { importPublicKey } from '../../shared/share/signing-keys.ts';
import { createVolunteerMembership } from '../../shared/swarm/membership.ts';
import { quietly } from './quietly.ts';
import { ShareRates } from './share-rates.ts';
import { SwarmRunner } from '../../shared/swarm/runner.ts';

export interface KeptShareParts {
  readonly tracker: TrackerClient;
  /** Loaded when first needed. Rejects where a part of the page cannot be fetched. */
  readonly findTransport: () => Promise<Transport>;
  readonly clock: Clock;
  readonly seed: () => number;
  readonly pieces: VolunteerPieces;
  readonly nameHolder: (shareId: ShareId) => Promise<string | undefined>;
  readonly onStoreFailure: (share: KeptShare, error: StoreError) => void;
  /** Its sharer has ended it, as the tracker says. */
  readonly onEnded: (share: KeptShare) => void;
}

/** Pieces of one share that are kept for others: sealed, verified, and never to be opened here. */
export class KeptShare {
  readonly record: VolunteerRecord;
  readonly target: CopyTarget;
  readonly #membership: Membership;
  readonly #store: PieceStore;
  readonly #parts: KeptShareParts;
  /** What is stored, and what was promised beside it. */
  readonly #held: Set<number>;
  readonly #promised = new Set<number>();
  #runner: SwarmRunner | undefined;
  readonly rates = new ShareRates(() => this.#runner);

  private constructor(
    record: VolunteerRecord,
    target: CopyTarget,
    membership: Membership,
    store: PieceStore,
    held: readonly number[],
    parts: KeptShareParts,
  ) {
    this.record = record;
    this.target = target;
    this.#membership = membership;
    this.#store = store;
    this.#held = new Set(held);
    this.#parts = parts;
  }

  /** Undefined where header or target are not the sharer's, or it asks for no copies. Rejects with StoreError. */
  static async open(
    record: VolunteerRecord,
    parts: KeptShareParts,
  ): Promise<KeptShare | undefined> {
    const { shareId } = record;
    const header = decodeHeader(record.header);
    if (!header.ok || !(await verifyHeader(header.value, shareId))) return undefined;
    const publicKey = await importPublicKey(header.value.publicKey);
    const target = publicKey && (await verifyCopyTarget(publicKey, shareId, record.target));
    if (target === undefined || target.copies === 0) return undefined;
    const membership = await createVolunteerMembership(header.value, shareId);
    const store = parts.pieces.open(shareId, membership.verifyPiece);
    return new KeptShare(record, target, membership, store, await store.held(), parts);
  }

  get shareId(): ShareId {
    return this.record.shareId;
  }

  get isRunning(): boolean {
    return this.#runner !== undefined;
  }

  /** Bytes and pieces as they are stored. */
  get heldBytes(): number {
    return this.#lengthOf(this.#heldPieces());
  }

  get heldCount(): number {
    return this.#heldPieces().length;
  }

  /** Of what was promised and is not here yet. */
  get promisedBytes(): number {
    return this.#lengthOf([...this.#promised].filter((piece) => !this.#has(piece)));
  }

  /** Joins the swarm, unless a part of the page cannot be fetched now. Rejects with StoreError. */
  async start(): Promise<void> {
    const { tracker, clock, seed, findTransport, nameHolder } = this.#parts;
    const transport = await findTransport().catch(() => undefined);
    const holderId = await nameHolder(this.shareId);
    if (transport === undefined) return;
    const runner = await SwarmRunner.start({
      membership: this.#membership,
      isSharer: false,
      store: this.#store,
      tracker,
      transport,
      clock,
      seed: seed(),
      target: this.record.target,
      ...(holderId === undefined ? {} : { holderId }),
      events: {
        onComplete: () => {},
        onStoreFailure: (error) => void this.#recordFailure(error),
        onAnnounceRefused: (code) => {
          if (code === 'ended') this.#parts.onEnded(this);
        },
      },
    });
    this.#runner = runner;
    this.rates.start();
    if (this.#promised.size > 0) runner.want([...this.#promised]);
  }

  /** Leaves the swarm and keeps what is stored. What was only promised is the tracker's to ask for again. */
  stop(): void {
    const held = this.#heldPieces();
    this.#held.clear();
    for (const piece of held) this.#held.add(piece);
    this.#promised.clear();
    this.#runner?.stop();
    this.#runner = undefined;
  }

  wake(): void {
    this.#runner?.instruct({ type: 'woken' });
  }

  /** Promises as many of these as there is room for. Returns whether there was room for any, or need. */
  promise(ranges: PieceRanges, roomBytes: number): boolean {
    let leftBytes = roomBytes;
    const wanted: number[] = [];
    const pieces = this.#list(ranges);
    for (const piece of pieces) {
      if (this.#has(piece) || this.#promised.has(piece)) continue;
      leftBytes -= computeSealedLength(this.#membership.geometry, piece);
      if (leftBytes < 0) break;
      wanted.push(piece);
      this.#promised.add(piece);
    }
    this.#runner?.want(wanted);
    return pieces.length > 0 && (wanted.length > 0 || leftBytes === roomBytes);
  }

  /** Forgets these pieces, and what was promised of them. The tracker knows already. Rejects with StoreError. */
  async drop(ranges: PieceRanges): Promise<void> {
    const pieces = this.#list(ranges);
    for (const piece of pieces) {
      this.#held.delete(piece);
      this.#promised.delete(piece);
    }
    if (this.#runner !== undefined) await this.#runner.drop(pieces);
    else for (const piece of pieces) await this.#store.remove(piece);
  }

  /** Everything that is stored, once it has left the swarm. */
  async *read(): KeptPieces {
    for (const piece of this.#heldPieces()) {
      const sealed = await this.#store.get(piece);
      if (sealed !== undefined) yield [piece, sealed];
    }
  }

  /** Forgets everything of it. Rejects with StoreError. */
  async erase(): Promise<void> {
    this.stop();
    this.#held.clear();
    await this.#store.clear();
  }

  /** What was just being written may not be there. */
  async #recordFailure(error: StoreError): Promise<void> {
    this.stop();
    const stored = await quietly(this.#store.held());
    this.#held.clear();
    for (const piece of stored ?? []) this.#held.add(piece);
    this.#parts.onStoreFailure(this, error);
  }

  #has(piece: number): boolean {
    return this.#runner === undefined ? this.#held.has(piece) : this.#runner.has(piece);
  }

  #heldPieces(): readonly number[] {
    return [...new Set([...this.#held, ...this.#promised])].filter((piece) => this.#has(piece));
  }

  #lengthOf(pieces: readonly number[]): number {
    const { geometry } = this.#membership;
    return pieces.reduce((sum, piece) => sum + computeSealedLength(geometry, piece), 0);
  }

  /** The tracker may name pieces that the share does not have. */
  #list(ranges: PieceRanges): readonly number[] {
    const { geometry } = this.#membership;
    return [...listPieces(ranges)].filter((piece) => isPiece(geometry, piece));
  }
}
