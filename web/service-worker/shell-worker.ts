import type { Build, KeepShellMessage, PageLock } from './shell-protocol.ts';
import { takeHandedOver } from './handed-over-desk.ts';
import { ShellKeeper } from './shell-keeper.ts';

/** Put in place by vite.built-files.ts. */
declare const __BUILD__: Build;

const LOCK_PREFIX: PageLock = 'peerify/page/';

/** Has the worker keep the page's own files and take what the system hands to the page. */
export function serveShell(worker: ServiceWorkerGlobalScope): void {
  const shell = new ShellKeeper({
    build: __BUILD__,
    caches: worker.caches,
    fetch: (request, init) => worker.fetch(request, init),
    pass: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
    listOpenPages: () => listOpenPages(worker.navigator.locks),
  });

  worker.addEventListener('message', (event: ExtendableMessageEvent) => {
    const message: KeepShellMessage | { readonly kind: unknown } = event.data;
    if (message.kind === 'keep-shell') event.waitUntil(shell.keep());
  });

  worker.addEventListener('fetch', (event) => {
    const { request } = event;
    if (new URL(request.url).origin !== worker.location.origin) return;
    const response =
      request.method === 'GET'
        ? shell.answer(request)
        : takeHandedOver(request, { caches: worker.caches, epochMs: () => Date.now() });
    if (response !== undefined) event.respondWith(response);
  });
}

async function listOpenPages(locks: LockManager): Promise<ReadonlySet<string>> {
  const { held = [] } = await locks.query();
  const names = held.map(({ name = '' }) => name).filter((name) => name.startsWith(LOCK_PREFIX));
  return new Set(names.map((name) => name.slice(LOCK_PREFIX.length)));
}
