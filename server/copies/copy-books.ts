import type { Bytes } from '../../shared/share/bytes.ts';
import type { CopyTarget } from '../../shared/share/copy-target.ts';
import { computeSealedLength } from '../../shared/share/geometry.ts';
import { decodeHeader } from '../../shared/share/header.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Bitfield } from '../../shared/wire/bitfield.ts';
import type { Books } from '../registry/books.ts';
import type { AnnounceOutcome } from '../registry/registry.ts';
import type { RegistryLimits } from '../registry/registry-limits.ts';
import type { Part } from '../registry/part.ts';
import type { Holding } from '../registry/swarm.ts';
import type { ChosenDrop } from './choose-drops.ts';
import { chooseDrops } from './choose-drops.ts';
import type { CopyCounts } from './copy-counts.ts';
import { countCopies } from './copy-counts.ts';
import { CopyPlanner } from './copy-planner.ts';
import type { Accuser } from './distrust-book.ts';
import { computeHeldBytes } from './held-bytes.ts';
import { Promises } from './promises.ts';
import type { Replication } from './replication.ts';
import { Replications } from './replications.ts';
import type { Volunteer } from './volunteer.ts';
import { VolunteerPool } from './volunteer-pool.ts';

/** Who offers room, which shares ask for copies, and what was promised. The registry tells it of every change. */
export class CopyBooks {
  readonly planner: CopyPlanner;
  readonly #books: Books;
  readonly #pool = new VolunteerPool();
  readonly #promises = new Promises(this.#pool);
  readonly #replications = new Replications();

  constructor(books: Books, limits: RegistryLimits, random: () => number) {
    this.#books = books;
    const parts = { books, limits, random, pool: this.#pool, promises: this.#promises };
    this.planner = new CopyPlanner(parts);
  }

  /** Room for so much more than what is kept already, in bytes of sealed pieces. */
  offer(peerId: string, freeBytes: number, heldBytes: number): void {
    const volunteer = this.#pool.enter(peerId);
    volunteer.budgetBytes = freeBytes + heldBytes;
    volunteer.toldBytes = heldBytes;
    if (this.#pool.update(volunteer)) this.planner.recordRoom();
  }

  isVolunteer(peerId: string): boolean {
    return this.#pool.get(peerId) !== undefined;
  }

  /** What it was told to fetch is for others now. */
  withdraw(peerId: string): void {
    const volunteer = this.#pool.get(peerId);
    if (volunteer === undefined) return;
    this.#pool.remove(volunteer);
    this.#cancel(volunteer);
    for (const { swarm } of this.#books.holdings(peerId)) {
      this.#replications.get(swarm.shareId)?.volunteers.delete(volunteer);
    }
  }

  /** Keeps nothing of this share, and is not asked again. */
  decline(peerId: string, shareId: ShareId): void {
    const volunteer = this.#pool.get(peerId);
    if (volunteer === undefined) return;
    volunteer.declined.set(shareId, true);
    this.#cancel(volunteer, shareId);
  }

  /** Why a peer may not announce this; undefined where it may. */
  refuse(
    peerId: string,
    { role }: Part,
    shareId: ShareId,
    announced: { readonly header: Bytes; readonly bitfield: Bitfield },
  ): AnnounceOutcome | undefined {
    if (role !== 'volunteer') return undefined;
    const volunteer = this.#pool.get(peerId);
    if (volunteer === undefined) return 'not-a-volunteer';
    const header = decodeHeader(announced.header);
    if (!header.ok) return 'invalid';
    const { geometry } = header.value;
    if (!this.#replications.hasRoomFor(shareId, geometry.pieceCount)) return 'tracker-full';
    const holding = this.#books.holding(peerId, shareId);
    const before = holding === undefined ? 0 : this.#bytesAsVolunteer(holding);
    const bytes = computeHeldBytes(geometry, announced.bitfield);
    return volunteer.heldBytes - before + bytes > volunteer.budgetBytes ? 'over-budget' : undefined;
  }

  /** Whether a peer may not add so many pieces. */
  isBeyondBudget(holding: Holding, pieces: Iterable<number>): boolean {
    const volunteer = this.#volunteerOf(holding);
    const geometry = this.#replications.get(holding.swarm.shareId)?.header.geometry;
    if (volunteer === undefined || geometry === undefined) return false;
    let bytes = volunteer.heldBytes;
    for (const piece of pieces) bytes += computeSealedLength(geometry, piece);
    return bytes > volunteer.budgetBytes;
  }

  recordEntered(holding: Holding): void {
    const known = this.#replications.get(holding.swarm.shareId);
    this.#settle(holding, known, known?.missing ?? 0);
  }

  /** `change` puts another bitfield or role in the holding's place. */
  recordReplaced(holding: Holding, change: () => void): void {
    const known = this.#replications.get(holding.swarm.shareId);
    const before = known?.missing ?? 0;
    known?.take(holding);
    this.#takeAsVolunteer(holding);
    change();
    this.#settle(holding, known, before);
  }

  recordGained(holding: Holding, piece: number): void {
    const replication = this.#replications.get(holding.swarm.shareId);
    if (replication === undefined) return;
    replication.recount(holding, piece, 1);
    const volunteer = this.#volunteerOf(holding);
    if (volunteer === undefined) return;
    volunteer.heldPieces += 1;
    volunteer.heldBytes += computeSealedLength(replication.header.geometry, piece);
    if (this.#promises.keep(volunteer, replication, piece)) this.#recordFreed(replication);
  }

  /** It is in the swarm no more, and its bitfield is what it was. */
  recordLeft(holding: Holding): void {
    const { swarm } = holding;
    const replication = this.#replications.get(swarm.shareId);
    if (replication === undefined) return;
    const before = replication.missing;
    replication.take(holding);
    const bytes = this.#takeAsVolunteer(holding);
    const volunteer = this.#volunteerOf(holding);
    if (volunteer !== undefined) {
      volunteer.toldBytes = Math.max(0, volunteer.toldBytes - bytes);
      replication.volunteers.delete(volunteer);
      this.#cancel(volunteer, swarm.shareId);
      if (this.#pool.update(volunteer)) this.planner.recordRoom();
    }
    if (swarm.holdings.length > 0) this.planner.recordChange(replication, before);
    else this.#close(replication);
  }

  /** Returns the volunteers that are to drop the share. */
  setTarget(shareId: ShareId, target: CopyTarget, statement: Bytes): string[] {
    const swarm = this.#books.swarms.get(shareId);
    const replication = swarm === undefined ? undefined : this.#replications.open(swarm);
    if (replication?.setTarget(target, statement) !== true) return [];
    this.planner.recordChange(replication, 0);
    if (replication.wanted > 0) return [];
    const released = this.volunteersOf(shareId);
    this.#promises.cancelShare(replication);
    return released;
  }

  /** The highest that was booked; undefined where nobody has said one. */
  serialOf(shareId: ShareId): number | undefined {
    return this.#replications.get(shareId)?.target?.serial;
  }

  /** Whether volunteers have nothing to do here: the sharer has said so. */
  isReleased(shareId: ShareId): boolean {
    return this.#replications.get(shareId)?.target?.copies === 0;
  }

  volunteersOf(shareId: ShareId): string[] {
    return Array.from(this.#replications.get(shareId)?.volunteers ?? [], ({ peerId }) => peerId);
  }

  /** Takes weight from a peer on the sharer's word, or on that of others at two addresses. */
  distrust(shareId: ShareId, accuser: Accuser, peerId: string): void {
    const replication = this.#replications.get(shareId);
    if (replication?.distrust.has(peerId) !== false) return;
    const { distrust, missing } = replication;
    // Of those that are not in the swarm there are as many as somebody invents.
    const holding = this.#books.holding(peerId, shareId);
    if (holding === undefined || accuser.peerId === peerId || distrust.has(accuser.peerId)) return;
    if (!accuser.isSharer && !distrust.accuse(peerId, accuser.address)) return;
    replication.distrustHolder(holding);
    const volunteer = this.#pool.get(peerId);
    if (volunteer !== undefined) this.#cancel(volunteer, shareId);
    this.planner.recordChange(replication, missing);
  }

  /** What to drop to free so much. The books forget it here and now. */
  unload(peerId: string, bytes: number): readonly ChosenDrop[] {
    const volunteer = this.#pool.get(peerId);
    if (volunteer === undefined) return [];
    const keeps = [...this.#books.holdings(peerId)].flatMap((holding) => {
      const replication = this.#replications.get(holding.swarm.shareId);
      return replication === undefined || holding.role !== 'volunteer'
        ? []
        : [{ holding, replication }];
    });
    const drops = chooseDrops(keeps, bytes);
    for (const drop of drops) this.#forgetPieces(volunteer, drop);
    if (this.#pool.update(volunteer)) this.planner.recordRoom();
    return drops;
  }

  counts(): CopyCounts {
    return countCopies(this.#replications.all(), this.#pool.all());
  }

  replicationOf(shareId: ShareId): Replication | undefined {
    return this.#replications.get(shareId);
  }

  /** How many copies of each piece count; undefined where nobody asks for any. */
  copiesOf(shareId: ShareId): readonly number[] | undefined {
    const copies = this.#replications.get(shareId)?.copies;
    return copies === undefined ? undefined : Array.from(copies);
  }

  /** Where the copies of its share were not counted, it may be the first volunteer. */
  #settle(holding: Holding, known: Replication | undefined, missingBefore: number): void {
    const { role, swarm } = holding;
    known?.put(holding);
    const replication = known ?? (role === 'volunteer' ? this.#replications.open(swarm) : known);
    if (replication === undefined) return;
    this.#put(holding, replication);
    this.planner.recordChange(replication, missingBefore);
  }

  #put(holding: Holding, replication: Replication): void {
    const volunteer = this.#pool.get(holding.peerId);
    if (volunteer === undefined) return;
    if (holding.role !== 'volunteer') {
      replication.volunteers.delete(volunteer);
      this.#cancel(volunteer, holding.swarm.shareId);
      return;
    }
    replication.volunteers.add(volunteer);
    const { bitfield } = holding;
    volunteer.heldPieces += bitfield.count;
    volunteer.heldBytes += computeHeldBytes(replication.header.geometry, bitfield);
    for (const { replication: of, pieces } of volunteer.batches) {
      if (of !== replication) continue;
      for (const piece of pieces) {
        if (!bitfield.has(piece)) continue;
        if (this.#promises.keep(volunteer, replication, piece)) this.#recordFreed(replication);
      }
    }
    this.#pool.update(volunteer);
  }

  /** Returns the bytes that it kept of this share. */
  #takeAsVolunteer(holding: Holding): number {
    const bytes = this.#bytesAsVolunteer(holding);
    const volunteer = this.#volunteerOf(holding);
    if (volunteer === undefined) return 0;
    volunteer.heldPieces -= holding.bitfield.count;
    volunteer.heldBytes -= bytes;
    return bytes;
  }

  #bytesAsVolunteer(holding: Holding): number {
    const replication = this.#replications.get(holding.swarm.shareId);
    if (replication === undefined || holding.role !== 'volunteer') return 0;
    return computeHeldBytes(replication.header.geometry, holding.bitfield);
  }

  #volunteerOf({ role, peerId }: Holding): Volunteer | undefined {
    return role === 'volunteer' ? this.#pool.get(peerId) : undefined;
  }

  #forgetPieces(volunteer: Volunteer, { holding, replication, pieces }: ChosenDrop): void {
    const before = replication.missing;
    for (const piece of pieces) {
      holding.swarm.lose(holding, piece);
      replication.recount(holding, piece, -1);
      const length = computeSealedLength(replication.header.geometry, piece);
      volunteer.heldPieces -= 1;
      volunteer.heldBytes -= length;
      volunteer.toldBytes = Math.max(0, volunteer.toldBytes - length);
    }
    this.planner.recordChange(replication, before);
  }

  #cancel(volunteer: Volunteer, shareId?: ShareId): void {
    for (const replication of this.#promises.cancel(volunteer, shareId)) {
      if (this.#books.holding(volunteer.peerId, replication.swarm.shareId) === undefined) {
        replication.volunteers.delete(volunteer);
      }
      this.planner.recordChange(replication, 0);
    }
  }

  #recordFreed(replication: Replication): void {
    this.planner.recordRoom();
    this.planner.recordChange(replication, replication.missing);
  }

  #close(replication: Replication): void {
    this.#promises.cancelShare(replication);
    this.planner.forget(replication);
    this.#replications.close(replication);
  }
}
