import type { Page } from 'playwright-core';
import type { ConnectionEvents, Signal, Transport } from '../../shared/swarm/ports/transport.ts';

/** What happened at the end of that number, in the tab. */
export type RemoteEvent =
  | { readonly type: 'signal'; readonly signal: Signal }
  | { readonly type: 'frame'; readonly bytes: readonly number[] }
  | { readonly type: 'open' | 'close' };

/** The connections of another tab, which has the functions of `transport-page.ts`, in this process's hand. */
export class RemoteTransport implements Transport {
  readonly #page: Page;
  readonly #events: ConnectionEvents[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(page: Page) {
    this.#page = page;
  }

  static async open(page: Page): Promise<RemoteTransport> {
    const remote = new RemoteTransport(page);
    await page.exposeFunction('tellRemote', (id: number, event: RemoteEvent) =>
      remote.#record(id, event),
    );
    return remote;
  }

  connect(...[end, , events]: Parameters<Transport['connect']>): ReturnType<Transport['connect']> {
    const id = this.#events.push(events) - 1;
    this.#ask((page) =>
      page.evaluate(([id, end]) => window.connectHere(id, end), [id, end] as const),
    );
    return {
      bufferedBytes: 0,
      signal: (signal) =>
        this.#ask((page) =>
          page.evaluate(([id, signal]) => window.signalHere(id, signal), [id, signal] as const),
        ),
      send: (frame) => {
        const bytes = [...frame];
        this.#ask((page) =>
          page.evaluate(([id, bytes]) => window.sendHere(id, bytes), [id, bytes] as const),
        );
      },
      fingerprints: () => ({ local: [], remote: [] }),
      close: () => this.#ask((page) => page.evaluate((id) => window.closeHere(id), id)),
    };
  }

  #ask(what: (page: Page) => Promise<void>): void {
    this.#queue = this.#queue.then(() => what(this.#page));
  }

  #record(id: number, event: RemoteEvent): void {
    const events = this.#events[id];
    if (event.type === 'signal') events?.onSignal(event.signal);
    else if (event.type === 'frame') events?.onFrame(Uint8Array.from(event.bytes));
    else if (event.type === 'open') events?.onOpen();
    else events?.onClose();
  }
}
