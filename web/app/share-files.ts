import type { FileEntry } from '../../shared/share/file-index.ts';
import type { SealedPieceSource } from '../../shared/share/share-stream.ts';
import type { CardFile } from './app-state.ts';
import type { OpenedShare } from './open-share.ts';
import { cleanPath } from '../../shared/share/file-name.ts';
import { StreamReadError } from '../../shared/share/share-stream.ts';
import { readIndex } from './save-share.ts';

export interface ShareFilesEvents {
  readonly onChange: () => void;
  /** The sharer sealed something else in place of a file list. */
  readonly onBroken: () => void;
}

/** A share's file list, which is part of its stream: a receiver has it once the first pieces are there. */
export class ShareFiles {
  readonly #share: OpenedShare;
  readonly #source: SealedPieceSource;
  readonly #has: (piece: number) => boolean;
  readonly #events: ShareFilesEvents;
  #entries: readonly FileEntry[] | undefined;
  #shown: readonly CardFile[] | undefined;
  #reading: Promise<void> | undefined;

  constructor(
    share: OpenedShare,
    source: SealedPieceSource,
    has: (piece: number) => boolean,
    events: ShareFilesEvents,
  ) {
    this.#share = share;
    this.#source = source;
    this.#has = has;
    this.#events = events;
  }

  /** As they stand in the list. */
  get entries(): readonly FileEntry[] | undefined {
    return this.#entries;
  }

  /** For the card: names as they would be saved. The same array until the list changes. */
  get shown(): readonly CardFile[] | undefined {
    return this.#shown;
  }

  set(entries: readonly FileEntry[]): void {
    this.#entries = entries;
    this.#shown = entries.map(({ path, size }) => ({ path: cleanPath(path), size }));
    this.#events.onChange();
  }

  /** The list, read now if it was not before. Undefined where it cannot be read. */
  async find(): Promise<readonly FileEntry[] | undefined> {
    if (this.#entries === undefined && this.#isHeld()) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
    return this.#entries;
  }

  async #read(): Promise<void> {
    try {
      const entries = await readIndex(this.#share, this.#source);
      if (entries === undefined) this.#events.onBroken();
      else this.set(entries);
    } catch (error) {
      // A piece that opens to nothing was sealed so; anything else may be better the next time.
      if (error instanceof StreamReadError && error.code === 'wrong-piece') this.#events.onBroken();
    }
  }

  #isHeld(): boolean {
    const { indexLength, geometry } = this.#share.header;
    for (let piece = 0; piece * geometry.pieceSize < indexLength; piece += 1) {
      if (!this.#has(piece)) return false;
    }
    return true;
  }
}
