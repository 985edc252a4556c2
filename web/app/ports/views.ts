import type { Bytes } from '../../../shared/share/bytes.ts';

/** A file that elements of this page are to show. */
export interface ViewedFile {
  /** What an element shows or plays, of a fixed list; never a stranger's word. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** A range of it, which may take long to come. Rejects once the signal is aborted. */
  readonly read: (offset: number, length: number, signal: AbortSignal) => AsyncIterable<Bytes>;
}

export interface OpenView {
  /** For `src` of an image, video or audio element of this page, until it is closed; for nobody else. */
  readonly address: string;
  /** Ends all reading. */
  readonly close: () => void;
}

/** Gives files addresses that this page can show. */
export interface Views {
  /** Undefined where the browser streams nothing from a page. */
  open: (file: ViewedFile) => Promise<OpenView | undefined>;
  /** An address that holds all of a small file. */
  embed: (type: string, bytes: Bytes) => Promise<string>;
}
