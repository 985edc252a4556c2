import type { Geometry } from '../share/geometry.ts';
import type { Peer } from './peer.ts';
import { computeSealedLength } from '../share/geometry.ts';

/** How much sooner a second source must promise to be done before bytes are spent on it. */
const WORTH_IT = 1.5;

export interface PiecesUnderWay {
  /** Who is fetching each piece. */
  readonly sources: ReadonlyMap<number, readonly Peer[]>;
  readonly verifying: { readonly has: (piece: number) => boolean };
  /** Every piece that is missing is under way. */
  readonly isEndgame: boolean;
  readonly geometry: Geometry;
}

/**
 * When nothing is left to begin with this peer: in the endgame, a piece that another is sending us and that this one
 * would finish well before. Sooner than that the bytes are better spent on what nobody is sending, though it may take
 * until this peer has it. A snubbed source is taken over from at once. No piece ever has more than two sources, and one that is
 * complete and being verified needs no other.
 */
export function pickTakeover(
  peer: Peer,
  { sources, verifying, isEndgame, geometry }: PiecesUnderWay,
  nowMs: number,
): number | undefined {
  let picked: number | undefined;
  let pickedRemainingMs = 0;
  for (const [piece, [source, second]] of sources) {
    if (source === undefined || second !== undefined || source === peer) continue;
    if (!peer.bitfield.has(piece) || verifying.has(piece)) continue;
    if (!isEndgame && !source.isSnubbed) continue;
    const remainingMs = source.isSnubbed ? Infinity : computeRemainingMs(source, piece, nowMs);
    const oursMs = computeTimeMs(peer, computeSealedLength(geometry, piece), nowMs);
    if (remainingMs > oursMs * WORTH_IT && remainingMs > pickedRemainingMs) {
      picked = piece;
      pickedRemainingMs = remainingMs;
    }
  }
  return picked;
}

/** Until the source has sent everything it was asked for up to and including this piece. */
function computeRemainingMs(source: Peer, piece: number, nowMs: number): number {
  let bytes = 0;
  for (const download of source.downloads) {
    bytes += download.missingBytes;
    if (download.piece === piece) break;
  }
  return computeTimeMs(source, bytes, nowMs);
}

/** A peer that has not sent anything yet is taken to send one window a second. */
function computeTimeMs(peer: Peer, bytes: number, nowMs: number): number {
  const measured = peer.downMeter.computeBytesPerSecond(nowMs);
  const bytesPerSecond = measured > 0 ? measured : peer.window.bytes;
  return (peer.window.responseMs ?? 0) + (bytes * 1000) / bytesPerSecond;
}
