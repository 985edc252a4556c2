import type { DownloadPage, DownloadWorker } from './stream-saver.ts';
import type { ForgottenMessage } from '../service-worker/save-protocol.ts';
import { trustScriptUrl } from './trusted-script-url.ts';

const WORKER_URL = '/service-worker.js';
const ACTIVATION_TIMEOUT_MS = 10_000;
/** The browser reads the end of the stream a little after the worker has handed it over. */
const FRAME_LINGER_MS = 10_000;

/** A stream saver's page in a real browser. Registers the service worker at once, so that it is ready when wanted. */
export function createBrowserDownloadPage(): DownloadPage {
  const registering = register();
  return {
    async findWorker() {
      const worker = (await registering)?.active;
      return worker ? toDownloadWorker(worker) : undefined;
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

async function register(): Promise<ServiceWorkerRegistration | undefined> {
  // Absent in insecure contexts and in Firefox's private windows, whatever the type says.
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (container === undefined) return undefined;
  try {
    await container.register(trustScriptUrl(WORKER_URL), { updateViaCache: 'none' });
    return await Promise.race([container.ready, giveUp()]);
  } catch {
    return undefined;
  }
}

function giveUp(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ACTIVATION_TIMEOUT_MS));
}

/** Stays with this one worker for a whole download: a newer one would know nothing of it. */
function toDownloadWorker(worker: ServiceWorker): DownloadWorker {
  const container = navigator.serviceWorker;
  return {
    post: (message, port) => worker.postMessage(message, port === undefined ? [] : [port]),
    onForgotten(id, callback) {
      const listen = ({ data }: MessageEvent<ForgottenMessage>): void => {
        if (data.kind === 'forgotten' && data.id === id) callback();
      };
      container.addEventListener('message', listen);
      container.startMessages();
      return () => container.removeEventListener('message', listen);
    },
  };
}

/** A frame that turns into a download leaves the page where it is, whatever the answer. */
function openDownload(path: string): () => void {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.src = path;
  document.body.append(frame);
  return () => setTimeout(() => frame.remove(), FRAME_LINGER_MS);
}
