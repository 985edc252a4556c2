import type { KeepShellMessage, PageLock } from '../service-worker/shell-protocol.ts';
import { trustScriptUrl } from './trusted-script-url.ts';

const WORKER_URL = '/service-worker.js';
const ACTIVATION_TIMEOUT_MS = 10_000;
const KEEP_SHELL: KeepShellMessage = { kind: 'keep-shell' };

export interface PageWorker {
  /** The service worker, registered when first asked for; undefined where there is none. */
  readonly find: () => Promise<ServiceWorker | undefined>;
  /** Has it keep the page, so that it opens offline. */
  readonly keepPage: () => Promise<void>;
}

/** `entry` is the address of the script that this page began with. */
export function createPageWorker(entry: string): PageWorker {
  // Absent in insecure contexts and in Firefox's private windows, whatever the type says.
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  let registering: Promise<ServiceWorkerRegistration | undefined> | undefined;
  const find = async (): Promise<ServiceWorker | undefined> => {
    if (container === undefined) return undefined;
    registering ??= register(container);
    const registration = await registering;
    // Out of reach or too slow this time; for as long as the page is open it may be asked for again.
    if (registration === undefined) registering = undefined;
    return registration?.active ?? undefined;
  };
  return {
    find,
    async keepPage() {
      holdPage(entry);
      (await find())?.postMessage(KEEP_SHELL);
      // A new version has taken over, and has kept nothing yet.
      container?.addEventListener('controllerchange', () =>
        container.controller?.postMessage(KEEP_SHELL),
      );
    },
  };
}

async function register(
  container: ServiceWorkerContainer,
): Promise<ServiceWorkerRegistration | undefined> {
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

/** While this page is open, what else its build is made of stays kept, whatever is served by then. */
function holdPage(entry: string): void {
  const name: PageLock = `peerify/page/${new URL(entry).pathname}`;
  const locks: LockManager | undefined = navigator.locks;
  locks?.request(name, { mode: 'shared' }, () => new Promise(() => {})).catch(() => undefined);
}
