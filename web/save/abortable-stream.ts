import type { Bytes } from '../../shared/share/bytes.ts';
import { SaveError } from '../app/ports/saver.ts';

/**
 * A stream that reads nothing ahead, and errors as soon as the signal says so, even within a read that hangs.
 * Every error is a SaveError: aborted, or what the source threw, as read-failed.
 */
export function openAbortableStream(
  source: AsyncGenerator<Bytes>,
  signal: AbortSignal,
): ReadableStream<Bytes> {
  return new ReadableStream(new AbortableSource(source, signal), { highWaterMark: 0 });
}

class AbortableSource implements UnderlyingDefaultSource<Bytes> {
  readonly #source: AsyncGenerator<Bytes>;
  readonly #signal: AbortSignal;
  readonly #ended = new AbortController();

  constructor(source: AsyncGenerator<Bytes>, signal: AbortSignal) {
    this.#source = source;
    this.#signal = signal;
  }

  start(controller: ReadableStreamDefaultController<Bytes>): void {
    const abort = (): void => {
      controller.error(new SaveError('aborted'));
      this.#abandon();
    };
    if (this.#signal.aborted) abort();
    else this.#signal.addEventListener('abort', abort, { signal: this.#ended.signal });
  }

  async pull(controller: ReadableStreamDefaultController<Bytes>): Promise<void> {
    try {
      const next = await this.#source.next();
      if (this.#signal.aborted) return;
      if (next.done !== true) return controller.enqueue(next.value);
      controller.close();
    } catch (cause) {
      controller.error(
        cause instanceof SaveError ? cause : new SaveError('read-failed', { cause }),
      );
    }
    this.#ended.abort();
  }

  cancel(): void {
    this.#abandon();
  }

  /** A generator inside a read that hangs ends when that read does: nobody waits for it. */
  #abandon(): void {
    this.#ended.abort();
    this.#source.return(undefined).catch(() => undefined);
  }
}
