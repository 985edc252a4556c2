import type { Bytes } from '../../shared/share/bytes.ts';
import type { SealedPieceSource } from '../../shared/share/share-stream.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { OpenedShare } from './open-share.ts';
import type { ReadableShare } from './readable-share.ts';
import { readStream } from '../../shared/share/share-stream.ts';
import { computeFocus } from './compute-focus.ts';
import { passTime } from './pass-time.ts';

/** How often it is looked whether a piece is here: a share may stop, move to another tab and go on meanwhile. */
const LOOK_EVERY_MS = 50;
/** At least so much is wanted ahead of the reading position, or a 64th: of a film that is a minute or two. */
const MIN_AHEAD_BYTES = 4 * 1024 ** 2;
const MAX_AHEAD_BYTES = 64 * 1024 ** 2;
const AHEAD_PART = 1 / 64;

export interface FocusedReaderParts {
  readonly share: OpenedShare;
  /** The share as it runs now. */
  readonly find: () => ReadableShare | undefined;
  readonly clock: Clock;
}

interface Reading {
  offset: number;
  readonly end: number;
}

/**
 * Reads a share whose pieces may not be here yet: it waits for them, and has those fetched first that are read next.
 * What was verified is read as all else is (P5, V7).
 */
export class FocusedReader {
  readonly #parts: FocusedReaderParts;
  /** Whoever wanted bytes last comes first. */
  #readings: Reading[] = [];
  #focusedShare: ReadableShare | undefined;
  #focusText = '[]';

  constructor(parts: FocusedReaderParts) {
    this.#parts = parts;
  }

  /**
   * A range of the stream, as readStream gives it, whenever its pieces come. Rejects with the signal's reason once that
   * is aborted, and with StreamReadError for a piece that was sealed wrong.
   */
  async *read(offset: number, length: number, signal: AbortSignal): AsyncGenerator<Bytes, void> {
    const { context, keys } = this.#parts.share;
    const ended = new AbortController();
    const source = this.#createSource(AbortSignal.any([signal, ended.signal]));
    const reading = { offset, end: offset + length };
    try {
      this.#putFirst(reading);
      for await (const bytes of readStream(source, context, keys.piece, offset, length)) {
        reading.offset += bytes.byteLength;
        yield bytes;
        this.#putFirst(reading);
      }
    } finally {
      // What was read ahead waits no longer.
      ended.abort();
      this.#readings = this.#readings.filter((other) => other !== reading);
      this.#refocus();
    }
  }

  #createSource(signal: AbortSignal): SealedPieceSource {
    const take = async (
      piece: number,
      read: (share: ReadableShare) => Promise<Bytes | undefined>,
    ): Promise<Bytes> => {
      for (;;) {
        signal.throwIfAborted();
        this.#refocus();
        const share = this.#parts.find();
        const sealed = share?.has(piece) === true ? await read(share) : undefined;
        if (sealed !== undefined) return sealed;
        await passTime(this.#parts.clock, LOOK_EVERY_MS);
      }
    };
    return {
      get: (piece) => take(piece, ({ source }) => source.get(piece)),
      getUnverified: (piece) =>
        take(piece, ({ source }) => source.getUnverified?.(piece) ?? source.get(piece)),
    };
  }

  #putFirst(reading: Reading): void {
    this.#readings = [reading, ...this.#readings.filter((other) => other !== reading)];
    this.#refocus();
  }

  /** Told anew only when it is another one, or the share goes on elsewhere. */
  #refocus(): void {
    const share = this.#parts.find();
    if (share === undefined) return;
    const { geometry } = this.#parts.share.header;
    const ahead = Math.max(MIN_AHEAD_BYTES, geometry.streamLength * AHEAD_PART);
    const focus = computeFocus(this.#readings, geometry, Math.min(ahead, MAX_AHEAD_BYTES));
    const focusText = JSON.stringify(focus);
    if (share === this.#focusedShare && focusText === this.#focusText) return;
    this.#focusedShare = share;
    this.#focusText = focusText;
    share.focus(focus);
  }
}
