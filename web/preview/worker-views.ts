import type { OpenView, ViewedFile, Views } from '../app/ports/views.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { ViewAnswer } from '../service-worker/view-protocol.ts';
import { ViewDelivery } from './view-delivery.ts';

/** Elements read one range at a time, or two: who has been silent longest has been dropped by its element. */
const MAX_DELIVERIES = 4;
const KEEP_ALIVE_MS = 10_000;

/** What views need of the page. */
export interface ViewPage {
  /** Whether a service worker answers what elements of this page ask for. */
  readonly isControlled: () => Promise<boolean>;
  /** Calls back when the worker asks for a view of this page. */
  readonly onRequest: (callback: (id: string, port: MessagePort) => void) => void;
  /** Lets the worker know that it is needed. */
  readonly keepWorker: () => void;
  readonly createId: () => string;
  /** Calls back again and again. Returns the way to stop it. */
  readonly every: (intervalMs: number, callback: () => void) => () => void;
  readonly embed: Views['embed'];
}

/** Files that elements of this page read through the service worker, a range at a time and at their own pace. */
export class WorkerViews implements Views {
  readonly #page: ViewPage;
  readonly #open = new Map<string, OfferedView>();

  constructor(page: ViewPage) {
    this.#page = page;
    page.onRequest((id, port) => {
      const view = this.#open.get(id);
      if (view !== undefined) return view.deliver(port);
      port.postMessage({ kind: 'unknown' } satisfies ViewAnswer);
      port.close();
    });
  }

  async open(file: ViewedFile): Promise<OpenView | undefined> {
    if (!(await this.#page.isControlled())) return undefined;
    const id = this.#page.createId();
    const view = new OfferedView(file);
    const stopKeeping = this.#page.every(KEEP_ALIVE_MS, () => {
      if (view.isBusy) this.#page.keepWorker();
    });
    this.#open.set(id, view);
    const close = (): void => {
      stopKeeping();
      this.#open.delete(id);
      view.close();
    };
    return { address: `/view/${id}`, close };
  }

  embed(type: string, bytes: Bytes): Promise<string> {
    return this.#page.embed(type, bytes);
  }
}

class OfferedView {
  readonly #file: ViewedFile;
  /** Who wanted bytes last comes last. */
  #deliveries: ViewDelivery[] = [];

  constructor(file: ViewedFile) {
    this.#file = file;
  }

  get isBusy(): boolean {
    return this.#deliveries.length > 0;
  }

  deliver(port: MessagePort): void {
    const { type, size } = this.#file;
    const delivery = new ViewDelivery(this.#file, port, {
      onPull: () => this.#putLast(delivery),
      onEnd: () => this.#leaveOut(delivery),
    });
    this.#putLast(delivery);
    const [silent] = this.#deliveries;
    if (this.#deliveries.length > MAX_DELIVERIES) silent?.end();
    port.postMessage({ kind: 'shown', type, size } satisfies ViewAnswer);
  }

  close(): void {
    for (const delivery of this.#deliveries) delivery.end();
  }

  #putLast(delivery: ViewDelivery): void {
    this.#leaveOut(delivery);
    this.#deliveries.push(delivery);
  }

  #leaveOut(delivery: ViewDelivery): void {
    this.#deliveries = this.#deliveries.filter((other) => other !== delivery);
  }
}
