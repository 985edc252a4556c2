import type { FileEntry } from '../../shared/share/file-index.ts';
import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import type { SealedPieceSource } from '../../shared/share/share-stream.ts';
import type { OpenedShare } from './open-share.ts';

/** A running share as a preview reads it, wherever it is taken care of. */
export interface ReadableShare {
  readonly share: OpenedShare;
  readonly source: SealedPieceSource;
  /** Whether the piece is here now. */
  has: (piece: number) => boolean;
  /** The file list, or undefined where it cannot be read yet. */
  findFiles: () => Promise<readonly FileEntry[] | undefined>;
  /** Pieces to be fetched before all others, in this order, as long as nothing else is said. */
  focus: (ranges: readonly PieceRange[]) => void;
}
