import type { LimitOrder } from '../../shared/swarm/swarm-events.ts';

/**
 * What each of several swarms may send or receive when all together may do no more than `bytesPerSecond`: equal parts
 * for those where something moves or would but for the limit, and for any other the part it would have if it began.
 */
export function computeRateShares(
  bytesPerSecond: number,
  isMoving: readonly boolean[],
): readonly number[] {
  const count = isMoving.filter(Boolean).length;
  return isMoving.map((moves) => bytesPerSecond / (moves ? count : count + 1));
}

/** Who takes part in a limit that holds for all together. */
export interface RateMember {
  /** Something leaves, or would but for a limit. */
  readonly isSending: boolean;
  /** Something comes, or would but for a limit. */
  readonly isReceiving: boolean;
  /** By itself, and by what all together have in common. */
  limitUpload: (limit: LimitOrder) => void;
  limitDownload: (limit: LimitOrder) => void;
}

/** Undefined lifts a limit. */
export function limitUploads(
  members: readonly RateMember[],
  { bytesPerSecond, whole }: LimitOrder,
): void {
  const shares = share(bytesPerSecond, members, (member) => member.isSending);
  for (const [i, member] of members.entries()) {
    member.limitUpload({ bytesPerSecond: shares[i], whole });
  }
}

export function limitDownloads(
  members: readonly RateMember[],
  { bytesPerSecond, whole }: LimitOrder,
): void {
  const shares = share(bytesPerSecond, members, (member) => member.isReceiving);
  for (const [i, member] of members.entries()) {
    member.limitDownload({ bytesPerSecond: shares[i], whole });
  }
}

function share(
  bytesPerSecond: number | undefined,
  members: readonly RateMember[],
  moves: (member: RateMember) => boolean,
): readonly number[] {
  return bytesPerSecond === undefined ? [] : computeRateShares(bytesPerSecond, members.map(moves));
}
