import type { Bytes } from '../../shared/share/bytes.ts';
import type { ViewedFile } from '../app/ports/views.ts';
import type { Demand, Supply } from '../service-worker/save-protocol.ts';
import type { ViewRead } from '../service-worker/view-protocol.ts';

const MESSAGE_BYTES = 256 * 1024;

export interface ViewDeliveryEvents {
  readonly onPull: () => void;
  readonly onEnd: () => void;
}

/** One range on its way from the page to an element: a message for each pull, and nothing ahead of it. */
export class ViewDelivery {
  readonly #file: ViewedFile;
  readonly #port: MessagePort;
  readonly #events: ViewDeliveryEvents;
  readonly #ended = new AbortController();
  #reading: AsyncIterator<Bytes> | undefined;
  /** What was read and has not been handed over. */
  #rest: Bytes = new Uint8Array();

  constructor(file: ViewedFile, port: MessagePort, events: ViewDeliveryEvents) {
    this.#file = file;
    this.#port = port;
    this.#events = events;
    port.addEventListener('message', ({ data }: MessageEvent<ViewRead | Demand>) =>
      this.#hear(data),
    );
    port.start();
  }

  /** The element gets no more; where it still wants some, it asks anew. */
  end(): void {
    if (this.#ended.signal.aborted) return;
    this.#supply({ kind: 'fail' });
    this.#close();
  }

  #hear(message: ViewRead | Demand): void {
    if (message === 'pull') void this.#supplyNext();
    else if (typeof message === 'object') {
      const { offset, length } = message;
      const bytes = this.#file.read(offset, length, this.#ended.signal);
      this.#reading ??= bytes[Symbol.asyncIterator]();
    } else if (message === 'cancel' || message === 'done') this.#close();
  }

  async #supplyNext(): Promise<void> {
    this.#events.onPull();
    try {
      while (this.#rest.byteLength === 0) {
        const next = await this.#reading?.next();
        if (this.#ended.signal.aborted) return;
        if (next === undefined || next.done === true) return this.#supply({ kind: 'end' });
        this.#rest = next.value;
      }
      // What is handed over is the worker's own from then on.
      const bytes = this.#rest.slice(0, MESSAGE_BYTES);
      this.#rest = this.#rest.subarray(bytes.byteLength);
      this.#supply({ kind: 'bytes', bytes }, [bytes.buffer]);
    } catch {
      this.end();
    }
  }

  #close(): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    // Whoever waits inside it ends by the signal; whoever does not, by this.
    this.#reading?.return?.().catch(() => undefined);
    this.#port.close();
    this.#events.onEnd();
  }

  #supply(supply: Supply, transfer: Transferable[] = []): void {
    this.#port.postMessage(supply, transfer);
  }
}
