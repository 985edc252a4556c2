import type { Geometry } from '../share/geometry.ts';
import type { Peer } from './peer.ts';
import { computeSealedLength } from '../share/geometry.ts';

/** How much sooner a second source must promise to be done before bytes are spent on it. */
const WORTH_IT = 1.5;

/**
 * When nothing is left to begin: a piece that another peer is fetching for us and that this one would finish well
 * before. A snubbed source is taken over from at once. No piece ever has more than two sources.
 */
export function pickTakeover(
  peer: Peer,
  sources: ReadonlyMap<number, readonly Peer[]>,
  geometry: Geometry,
  nowMs: number,
): number | undefined {
  let picked: number | undefined;
  let pickedRemainingMs = 0;
  for (const [piece, [source, second]] of sources) {
    if (source === undefined || second !== undefined || source === peer) continue;
    if (!peer.bitfield.has(piece)) continue;
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
