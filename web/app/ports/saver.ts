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
  /** Resolves when the browser has every byte. Rejects with SaveError; then no complete-looking file was left. */
  save: (job: SaveJob) => Promise<void>;
}
