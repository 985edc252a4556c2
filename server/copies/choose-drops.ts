import { computeSealedLength } from '../../shared/share/geometry.ts';
import { MAX_PEERS_PER_SWARM, MAX_RANGES } from '../../shared/tracker/limits.ts';
import type { Holding } from '../registry/swarm.ts';
import type { Replication } from './replication.ts';

/** Something that a volunteer keeps. */
export interface Kept {
  readonly holding: Holding;
  readonly replication: Replication;
}

/** Pieces that a volunteer is to drop of one share, ascending. */
export interface ChosenDrop extends Kept {
  readonly pieces: readonly number[];
}

/** Above every number of holders. */
const UNWANTED = MAX_PEERS_PER_SWARM + 1;

/**
 * What a volunteer drops to free so many bytes: first what nobody asks copies of, then what has the most holders.
 * It frees less where the pieces of one share would be too many ranges for one answer.
 */
export function chooseDrops(keeps: readonly Kept[], bytes: number): ChosenDrop[] {
  const limit = findLimit(keeps, bytes);
  return keeps
    .map((kept) => ({ ...kept, pieces: takePieces(kept, limit) }))
    .filter(({ pieces }) => pieces.length > 0);
}

/** All with more holders than `holders` are to go, and so many bytes of those with as many. */
interface Limit {
  readonly holders: number;
  bytes: number;
}

function findLimit(keeps: readonly Kept[], bytes: number): Limit {
  const byHolders = new Float64Array(UNWANTED + 1);
  for (const { holding, replication } of keeps) {
    for (const piece of holding.bitfield.pieces()) {
      const holders = countHolders(replication, piece);
      byHolders[holders] = (byHolders[holders] ?? 0) + lengthOf(replication, piece);
    }
  }
  let missing = bytes;
  for (let holders = UNWANTED; holders > 0; holders -= 1) {
    const there = byHolders[holders] ?? 0;
    if (there >= missing) return { holders, bytes: missing };
    missing -= there;
  }
  return { holders: 0, bytes: missing };
}

function takePieces({ holding, replication }: Kept, limit: Limit): number[] {
  const pieces: number[] = [];
  let rangeCount = 0;
  for (const piece of holding.bitfield.pieces()) {
    const holders = countHolders(replication, piece);
    if (holders < limit.holders || (holders === limit.holders && limit.bytes <= 0)) continue;
    if (pieces.at(-1) !== piece - 1) rangeCount += 1;
    if (rangeCount > MAX_RANGES) break;
    pieces.push(piece);
    if (holders === limit.holders) limit.bytes -= lengthOf(replication, piece);
  }
  return pieces;
}

function countHolders(replication: Replication, piece: number): number {
  if (replication.wanted === 0) return UNWANTED;
  return Math.min(replication.copies[piece] ?? 0, MAX_PEERS_PER_SWARM);
}

function lengthOf({ header }: Replication, piece: number): number {
  return computeSealedLength(header.geometry, piece);
}
