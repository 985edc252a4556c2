import type { CardDownloads, FileChoice, FileHandles } from '../app-state.ts';
import type { CopyTarget } from '../../../shared/share/copy-target.ts';
import type { Bytes } from '../../../shared/share/bytes.ts';
import type { PieceRanges } from '../../../shared/swarm/ports/tracker-client.ts';
import type { ShareId } from '../../../shared/share/share-id.ts';

/** What this browser remembers of one share, so that a reload resumes it. */
export interface ShareRecord {
  readonly shareId: ShareId;
  /** The link's secret, 16 bytes. */
  readonly secret: Bytes;
  /** What the keys come from where the share has a password, 16 bytes, so that it is asked for once. */
  readonly keySecret?: Bytes | undefined;
  readonly header: Bytes;
  /** The sharer's signed word on when the share ends, where it has said. */
  readonly end?: Bytes | undefined;
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
  /** After how many downloads it ends, and how many there were; undefined where any number may be. */
  readonly downloads?: CardDownloads | undefined;
}

/** What the sharer's file was when the share was made; another size or time means that it was changed. */
export interface SharedFileFacts {
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
}

export interface ReceiverPart {
  readonly role: 'receiver';
  /** All that is wanted was handed over to the browser's downloads once. */
  readonly saved: boolean;
  /** What was, wanted or not; undefined where only `saved` tells. */
  readonly savedFiles?: FileChoice | undefined;
  /** Undefined: all of it. */
  readonly wanted?: WantedPart | undefined;
}

/** What a person wants of a share of several files, the file list included. */
export interface WantedPart {
  /** By their places in the list; none while a person is still to choose. */
  readonly files: readonly number[];
  /** Their pieces and those of the list. */
  readonly ranges: PieceRanges;
  /** What the files have together. */
  readonly bytes: number;
}

/** Rejects with StoreError alone. */
export interface ShareRecords {
  list: () => Promise<readonly ShareRecord[]>;
  put: (record: ShareRecord) => Promise<void>;
  remove: (shareId: ShareId) => Promise<void>;
}
