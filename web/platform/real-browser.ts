import type { Browser } from '../app/ports/browser.ts';
import type { TabChannel, TabMemory } from '../app/ports/tab-channel.ts';

/** In the tab's own storage, so that a reload keeps it. */
const tabMemory: TabMemory = {
  has: (name) => quietly(() => sessionStorage.getItem(keyOf(name)) !== null) === true,
  add: (name) => quietly(() => sessionStorage.setItem(keyOf(name), '')),
  delete: (name) => quietly(() => sessionStorage.removeItem(keyOf(name))),
  keys: () =>
    (quietly(() => Object.keys(sessionStorage)) ?? []).flatMap((key) =>
      key.startsWith(keyOf('')) ? [key.slice(keyOf('').length)] : [],
    ),
};

/** The browser around the page. */
export function createRealBrowser(
  storage: Pick<Browser, 'measureRoom'> & { readonly requestPersistence: () => Promise<boolean> },
): Browser {
  return {
    origin: location.origin,
    fragment: () => location.hash.slice(1),
    setFragment(fragment) {
      // Replaced, not pushed: the back button leads out of the page, not through what was opened.
      const address = fragment === '' ? location.pathname : `#${fragment}`;
      if (location.hash.slice(1) !== fragment) history.replaceState(null, '', address);
    },
    onFragmentChange: (callback) => addEventListener('hashchange', callback),
    onShown(callback) {
      addEventListener('pageshow', callback);
      document.addEventListener('visibilitychange', () => {
        if (!document.hidden) callback();
      });
    },
    copy,
    passOn: findShareSheet(),
    epochMs: () => Date.now(),
    seed: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    tryLock: (name) => requestLock(name, { ifAvailable: true }),
    waitForLock: (name, signal) => requestLock(name, { signal }),
    openChannel,
    tabMemory,
    measureRoom: storage.measureRoom,
    requestPersistence: () => void storage.requestPersistence(),
  };
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function findShareSheet(): Browser['passOn'] {
  const sheet: Partial<Pick<Navigator, 'share' | 'canShare'>> = navigator;
  if (sheet.share === undefined || sheet.canShare?.({ url: location.origin }) !== true) {
    return undefined;
  }
  return (title, url) => void navigator.share({ title, url }).catch(() => undefined);
}

function requestLock(name: string, options: LockOptions): Promise<(() => void) | undefined> {
  const locks: LockManager | undefined = navigator.locks;
  if (locks === undefined) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    const holding = locks.request(name, options, async (lock) => {
      if (lock === null) {
        resolve(undefined);
        return;
      }
      await new Promise<void>((release) => resolve(() => release()));
    });
    // A browser that refuses locks altogether has no other tab that could have it, as far as we can know.
    holding.catch(() => resolve(options.signal?.aborted === true ? undefined : () => {}));
  });
}

function openChannel<Message>(
  name: string,
  onMessage: (message: Message) => void,
): TabChannel<Message> {
  // A browser that is told to store nothing may refuse this too: then there are no other tabs to reach.
  const channel = quietly(() => new BroadcastChannel(name));
  channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => onMessage(data));
  return {
    // Closed while something was being read for another tab.
    post: (message) => quietly(() => channel?.postMessage(message)),
    close: () => channel?.close(),
  };
}

function keyOf(name: string): string {
  return `peerify/here/${name}`;
}

/** What a browser refuses that is told to store nothing is done without. */
function quietly<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
