import type { Bytes } from '../../../shared/share/bytes.ts';

/** One file to be saved: its plaintext, decrypted piece by piece as it is read. */
export interface SaveFile {
  /** Cleaned path inside the share, "/" between folders. */
  readonly path: string;
  /** Exact bytes that `read` gives. */
  readonly size: number;
  readonly modifiedMs: number | undefined;
  /**
   * Rejects when a piece turns out wrong or missing; then nothing must be saved as if complete. The bytes are the
   * reader's own: a part that fills its buffer may be transferred.
   */
  read: () => AsyncIterable<Bytes>;
}

export interface SaveJob {
  /** Cleaned file name for the download: the file's own, or the zip's. */
  readonly name: string;
  readonly form: 'file' | 'zip';
  /** Exactly one for the form `file`. */
  readonly files: readonly SaveFile[];
  readonly onProgress: (savedBytes: number) => void;
  /** A name was refused: what should have had this path has that one now, or was left out. Once for a folder. */
  readonly onRefusedName: (path: string, savedAs: string | undefined) => void;
  readonly signal: AbortSignal;
}

export type SaveErrorCode = 'aborted' | 'too-large' | 'read-failed' | 'write-failed';

export class SaveError extends Error {
  override readonly name = 'SaveError';
  readonly code: SaveErrorCode;

  constructor(code: SaveErrorCode, options?: ErrorOptions) {
    super(`save: ${code}`, options);
    this.code = code;
  }
}

export interface Saver {
  /** Whether so many bytes can be saved at all, as far as is known before. */
  canSave: (byteLength: number) => Promise<boolean>;
  /** Resolves when the browser has every byte of what was not left out. Rejects with SaveError; then no complete-looking file was left. */
  save: (job: SaveJob) => Promise<void>;
}

/** What a person can pick: a file for all of it, or a folder for its files. */
export type SavePlace = 'file' | 'folder';

/** `not-loaded`: that part of the page could not be fetched. `refused`: by the browser, and not by the person. */
export type PickErrorCode = 'not-loaded' | 'refused';

export class PickError extends Error {
  override readonly name = 'PickError';
  readonly code: PickErrorCode;

  constructor(code: PickErrorCode, options?: ErrorOptions) {
    super(`pick: ${code}`, options);
    this.code = code;
  }
}

export interface SavePlaces {
  /** None where the browser has no pickers. */
  readonly kinds: readonly SavePlace[];
  /**
   * Asks a person, for as long as that takes, and gives what saves one share there: it overwrites nothing but the file
   * that was picked itself, and removes nothing that it has not made. Where a save broke off, the next one begins the
   * picked file anew, and leaves alone what of a folder was written. Undefined where a person does not want to.
   * Rejects with PickError alone.
   */
  pick: (kind: SavePlace, suggestedName: string) => Promise<Saver | undefined>;
}
