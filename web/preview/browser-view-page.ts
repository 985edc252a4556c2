import type { ViewPageMessage, ViewRequest } from '../service-worker/view-protocol.ts';
import type { ViewPage } from './worker-views.ts';

const CONTROL_TIMEOUT_MS = 5_000;

/** The views' page in a real browser. */
export function createBrowserViewPage(): ViewPage {
  // Absent in Firefox's private windows, whatever the type says.
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  return {
    isControlled: () =>
      container === undefined ? Promise.resolve(false) : getControlled(container),
    onRequest(callback) {
      container?.addEventListener('message', ({ data, ports }: MessageEvent<ViewRequest>) => {
        const [port] = ports;
        if (data.kind === 'view' && port !== undefined) callback(data.id, port);
      });
      container?.startMessages();
    },
    keepWorker: () => tell(container?.controller),
    createId: () => crypto.randomUUID(),
    every(intervalMs, callback) {
      const timer = setInterval(callback, intervalMs);
      return () => clearInterval(timer);
    },
    embed: (type, bytes) =>
      new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.addEventListener('load', () => {
          if (typeof reader.result === 'string') resolve(reader.result);
        });
        reader.addEventListener('error', () =>
          reject(new Error('no address', { cause: reader.error })),
        );
        reader.readAsDataURL(new Blob([bytes], { type }));
      }),
  };
}

/** A page that was loaded anew by force has no worker until one takes it over. */
async function getControlled(container: ServiceWorkerContainer): Promise<boolean> {
  if (container.controller !== null) return true;
  const controlled = new Promise<void>((resolve) => {
    container.addEventListener('controllerchange', () => resolve(), { once: true });
  });
  const asking = container.ready.then(({ active }) => {
    tell(active);
    return controlled;
  });
  const timeout = new Promise((resolve) => setTimeout(resolve, CONTROL_TIMEOUT_MS));
  await Promise.race([asking, timeout]);
  return container.controller !== null;
}

function tell(worker: ServiceWorker | null | undefined): void {
  const message: ViewPageMessage = { kind: 'view-page' };
  worker?.postMessage(message);
}
