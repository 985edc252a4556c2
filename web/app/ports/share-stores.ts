import type { Bytes } from '../../../shared/share/bytes.ts';
import type { Geometry } from '../../../shared/share/geometry.ts';
import type { SealedPiece } from '../../../shared/share/piece-sealing.ts';
import type { ShareId } from '../../../shared/share/share-id.ts';
import type { Membership } from '../../../shared/swarm/membership.ts';
import type { PieceStore, StoreError } from '../../../shared/swarm/ports/piece-store.ts';

/** The sharer's own files, as they were when the share was made. */
export interface SharerFiles {
  readonly index: Bytes;
  readonly files: readonly {
    readonly file: File;
    readonly size: number;
    readonly modifiedMs: number;
  }[];
}

export interface SharerStoreOptions {
  readonly shareId: ShareId;
  readonly geometry: Geometry;
  /** Undefined after a reload: then only what was sealed before can be given. */
  readonly files: SharerFiles | undefined;
  readonly seal: (piece: number, plaintext: Bytes) => Promise<SealedPiece>;
  readonly verifyPiece: Membership['verifyPiece'];
  /** The files changed or went out of reach; what is stored stays. */
  readonly onFilesLost: (error: StoreError) => void;
}

export interface SharerStore extends PieceStore {
  readonly setFiles: (files: SharerFiles) => void;
  /** From now on all pieces are worth keeping, not only those that were given out. */
  readonly wantAllKept: () => void;
  /** Keeps about 4 MiB more for a reload. False when there is nothing to keep, or no room. Rejects with StoreError. */
  readonly keepMore: () => Promise<boolean>;
  /** Which pieces are kept, or were sealed since the page was opened. */
  readonly readSealed: () => Promise<(piece: number) => boolean>;
}

/** Where shares rest in this browser. */
export interface ShareStores {
  /** The sealed pieces that this browser keeps of a share, verified whenever they are read. */
  pieces: (shareId: ShareId, verifyPiece: Membership['verifyPiece']) => PieceStore;
  sharer: (options: SharerStoreOptions) => SharerStore;
  /** Whether so many bytes can be stored now, as storing them shows. */
  hasRoom: (byteLength: number) => Promise<boolean>;
  /** Forgets every piece and digest of a share. Rejects with StoreError. */
  clear: (shareId: ShareId) => Promise<void>;
}
