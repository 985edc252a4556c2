import type { Demand, Supply } from './save-protocol.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * One `pull` for every read of the browser's, and nothing read ahead, so its disk or its player sets the pace. The stream
 * is for the browser alone, which takes out what it has read before it reads again.
 */
export class PortSource implements UnderlyingDefaultSource<Bytes> {
  readonly #port: MessagePort;
  readonly #onEnd: () => void;
  #onSupplied: (() => void) | undefined;
  /** What the browser is reading, or has read last. */
  #given: Bytes | undefined;

  constructor(port: MessagePort, onEnd: () => void) {
    this.#port = port;
    this.#onEnd = onEnd;
  }

  start(controller: ReadableStreamDefaultController<Bytes>): void {
    this.#port.addEventListener('message', ({ data }: MessageEvent<Supply>) => {
      this.#take(data, controller);
      this.#onSupplied?.();
    });
    this.#port.start();
  }

  pull(): Promise<void> {
    // Nothing is read ahead: who asks for more has done with what was given before.
    if (this.#given !== undefined) release(this.#given);
    this.#given = undefined;
    return new Promise((resolve) => {
      this.#onSupplied = resolve;
      send(this.#port, 'pull');
    });
  }

  cancel(): void {
    send(this.#port, 'cancel');
    this.#end();
  }

  #take(supply: Supply, controller: ReadableStreamDefaultController<Bytes>): void {
    if (supply.kind === 'bytes') {
      this.#given = supply.bytes;
      return controller.enqueue(supply.bytes);
    }
    if (supply.kind === 'end') {
      controller.close();
      send(this.#port, 'done');
    } else controller.error(new Error('the page could not read the rest'));
    return this.#end();
  }

  #end(): void {
    this.#port.close();
    this.#onEnd();
  }
}

/**
 * Gives memory back at once, by sending it where nobody listens: waiting for a collection, a worker had 300 MB of what it
 * had passed on.
 */
function release({ buffer }: Bytes): void {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.postMessage(undefined, [buffer]);
  port1.close();
}

function send(port: MessagePort, demand: Demand): void {
  port.postMessage(demand);
}
