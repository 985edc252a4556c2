import type { Geometry } from '../share/geometry.ts';
import type { Peer } from './peer.ts';
import { computeSealedLength } from '../share/geometry.ts';

/** How much sooner a second source must promise to be done before bytes are spent on it. */
const WORTH_IT = 1.5;
/** The same before a third source may take the place of one that has sent a part of it. */
const WORTH_REPLACING = 4;

export interface PiecesUnderWay {
  /** Who is fetching each piece. */
  readonly sources: ReadonlyMap<number, readonly Peer[]>;
  readonly verifying: { readonly has: (piece: number) => boolean };
  /** Every piece that is missing is under way. */
  readonly isEndgame: boolean;
  readonly geometry: Geometry;
}

export interface Takeover {
  readonly piece: number;
  /** Of two sources the one that would be done last, and now stops. */
  readonly replaced: Peer | undefined;
}

/**
 * When nothing is left to begin with this peer: in the endgame, a piece that others are sending us and that this one
 * would finish well before all of them. Sooner than that the bytes are better spent on what nobody is sending, though
 * it may take until this peer has it. A snubbed source is taken over from at once. No piece ever has more than two
 * sources, and one that is complete and being verified needs no other.
 */
export function pickTakeover(
  peer: Peer,
  { sources, verifying, isEndgame, geometry }: PiecesUnderWay,
  nowMs: number,
): Takeover | undefined {
  let picked: Takeover | undefined;
  let pickedRemainingMs = 0;
  for (const [piece, fetching] of sources) {
    if (fetching.includes(peer) || !peer.bitfield.has(piece) || verifying.has(piece)) continue;
    // One that was silent itself has to prove itself beside others, not in their place.
    if (fetching.length > 1 && peer.isSnubbed) continue;
    const times = fetching.map((source) =>
      source.isSnubbed ? Infinity : computeRemainingMs(source, piece, nowMs),
    );
    const remainingMs = Math.min(...times);
    if (!isEndgame && remainingMs < Infinity) continue;
    const oursMs = computeTimeMs(peer, computeSealedLength(geometry, piece), nowMs);
    const worthMs = oursMs * (fetching.length > 1 ? WORTH_REPLACING : WORTH_IT);
    if (remainingMs > worthMs && remainingMs > pickedRemainingMs) {
      const replaced =
        fetching.length > 1 ? fetching[times.indexOf(Math.max(...times))] : undefined;
      picked = { piece, replaced };
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
