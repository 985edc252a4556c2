import type { Geometry } from '../../shared/share/geometry.ts';
import type { CardCopies } from './app-state.ts';
import { computePieceLength } from '../../shared/share/geometry.ts';

/** As many as can be told apart on a card. */
const MAX_COLUMNS = 512;

/** What a sharer's engine has made sure of: how many others hold each piece. */
export interface CopiesSnapshot {
  readonly target: number;
  readonly mayClose: boolean;
  readonly minimum: number;
  /** One a piece. */
  readonly counts: Uint8Array;
}

export interface CopiesFacts {
  readonly secondsLeft: number | undefined;
  readonly connectedPeers: number;
}

/** What a person is shown of the copies of a share, the same for ten pieces and for ten thousand. */
export function computeCardCopies(
  { target, mayClose, minimum, counts }: CopiesSnapshot,
  geometry: Geometry,
  { secondsLeft, connectedPeers }: CopiesFacts,
): CardCopies {
  return {
    target,
    mayClose,
    fullCopies: minimum,
    columns: computeColumns(counts),
    lackingBytes: computeLackingBytes(counts, target, geometry),
    totalBytes: geometry.streamLength,
    secondsLeft: mayClose ? undefined : secondsLeft,
    isAlone: connectedPeers === 0,
  };
}

/** Each column is as good as the worst piece in it: what looks whole is whole. */
function computeColumns(counts: Uint8Array): Uint8Array<ArrayBuffer> {
  const columns = new Uint8Array(Math.min(counts.length, MAX_COLUMNS)).fill(0xff);
  for (const [piece, count] of counts.entries()) {
    const column = Math.floor((piece * columns.length) / counts.length);
    columns[column] = Math.min(columns[column] ?? 0xff, count);
  }
  return columns;
}

function computeLackingBytes(counts: Uint8Array, target: number, geometry: Geometry): number {
  let bytes = 0;
  for (const [piece, count] of counts.entries()) {
    if (count < target) bytes += computePieceLength(geometry, piece);
  }
  return bytes;
}
