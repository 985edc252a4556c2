import type { FileHandles } from '../app-state.ts';
import type { CopyTarget } from '../../../shared/share/copy-target.ts';
import type { Bytes } from '../../../shared/share/bytes.ts';
import type { ShareId } from '../../../shared/share/share-id.ts';

/** What this browser remembers of one share, so that a reload resumes it. */
export interface ShareRecord {
  readonly shareId: ShareId;
  /** The link's secret, 16 bytes. */
  readonly secret: Bytes;
  readonly header: Bytes;
  readonly addedAtMs: number;
  /** What a person asked for last. */
  readonly wish: 'run' | 'pause';
  readonly part: SharerPart | ReceiverPart;
}

export interface SharerPart {
  readonly role: 'sharer';
  /** Non-extractable ECDSA P-256 key. */
  readonly signingKey: CryptoKey;
  /** The index as it was sealed: it must never be made again. */
  readonly index: Bytes;
  readonly files: readonly SharedFileFacts[];
  /** To what was dropped, where the browser gives such. */
  readonly handles?: FileHandles | undefined;
  /** How many copies were asked for last; undefined where nobody chose. */
  readonly copyTarget?: CopyTarget | undefined;
}

/** What the sharer's file was when the share was made; another size or time means that it was changed. */
export interface SharedFileFacts {
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
}

export interface ReceiverPart {
  readonly role: 'receiver';
  /** The browser's download was handed over once. */
  readonly saved: boolean;
}

/** Rejects with StoreError alone. */
export interface ShareRecords {
  list: () => Promise<readonly ShareRecord[]>;
  put: (record: ShareRecord) => Promise<void>;
  remove: (shareId: ShareId) => Promise<void>;
}
