import type { Demand, Supply } from './save-protocol.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** One `pull` for every read of the browser's, and nothing read ahead, so its disk or its player sets the pace. */
export class PortSource implements UnderlyingDefaultSource<Bytes> {
  readonly #port: MessagePort;
  readonly #onEnd: () => void;
  #onSupplied: (() => void) | undefined;

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
    if (supply.kind === 'bytes') return controller.enqueue(supply.bytes);
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

function send(port: MessagePort, demand: Demand): void {
  port.postMessage(demand);
}
