import type { DownloadPage, DownloadWorker } from './stream-saver.ts';
import type {
  ForgottenMessage,
  SavingLock,
  TakeOverMessage,
} from '../service-worker/save-protocol.ts';

/** The browser reads the end of the stream a little after the worker has handed it over. */
const LINGER_MS = 10_000;
const SAVING: SavingLock = 'peerify/saving';

/** A stream saver's page in a real browser, which finds its service worker by way of `findWorker`. */
export function createBrowserDownloadPage(
  findWorker: () => Promise<ServiceWorker | undefined>,
): DownloadPage {
  return {
    async findWorker() {
      const worker = await findWorker();
      return worker && toDownloadWorker(worker);
    },
    openDownload,
    createId: () => crypto.randomUUID(),
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    every(intervalMs, callback) {
      const timer = setInterval(callback, intervalMs);
      return () => clearInterval(timer);
    },
    onLeave(callback) {
      addEventListener('pagehide', callback);
      return () => removeEventListener('pagehide', callback);
    },
  };
}

/** Stays with this one worker for a whole download: a newer one would know nothing of it. */
function toDownloadWorker(worker: ServiceWorker): DownloadWorker {
  const container = navigator.serviceWorker;
  return {
    post: (message, port) => worker.postMessage(message, port === undefined ? [] : [port]),
    hold: holdWorkers,
    onForgotten(id, callback) {
      const listen = ({ data }: MessageEvent<ForgottenMessage>): void => {
        if (data.kind === 'forgotten' && data.id === id) callback();
      };
      // Of one that was replaced there is no answer.
      const look = (): void => {
        if (worker.state === 'redundant') callback();
      };
      container.addEventListener('message', listen);
      container.startMessages();
      worker.addEventListener('statechange', look);
      return () => {
        container.removeEventListener('message', listen);
        worker.removeEventListener('statechange', look);
      };
    },
  };
}

/** While the lock is held a new worker waits; afterwards it is told. */
function holdWorkers(): () => void {
  let letGo: (() => void) | undefined;
  const locks: LockManager | undefined = navigator.locks;
  const ended = new Promise<void>((resolve) => (letGo = resolve));
  locks
    ?.request(SAVING, { mode: 'shared' }, () => ended)
    .then(tellWaiting)
    .catch(() => undefined);
  return () => setTimeout(() => letGo?.(), LINGER_MS);
}

async function tellWaiting(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  registration?.waiting?.postMessage({ kind: 'take-over' } satisfies TakeOverMessage);
}

/** A frame that turns into a download leaves the page where it is, whatever the answer. */
function openDownload(path: string): () => void {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.src = path;
  document.body.append(frame);
  return () => setTimeout(() => frame.remove(), LINGER_MS);
}
