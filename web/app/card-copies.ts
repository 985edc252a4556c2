import type { Geometry } from '../../shared/share/geometry.ts';
import type { Copies } from '../../shared/swarm/copy-counts.ts';
import type { CardCopies } from './app-state.ts';
import { MAX_COPIES } from '../../shared/share/copy-target.ts';
import { computePieceLength } from '../../shared/share/geometry.ts';

/** How many copies a sharer may ask for. */
export const COPY_CHOICES: readonly number[] = Array.from({ length: MAX_COPIES }, (_, i) => i + 1);

/** As many as can be told apart on a card. */
const MAX_COLUMNS = 512;

export interface CopiesFacts {
  readonly secondsLeft: number | undefined;
  readonly connectedPeers: number;
}

/** What a person is shown of the copies of a share, the same for ten pieces and for ten thousand. */
export function computeCardCopies(
  { target, mayClose, minimum, counts }: Omit<Copies, 'missingBytes'>,
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
