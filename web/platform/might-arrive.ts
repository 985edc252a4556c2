import type { HandedOverCache } from '../service-worker/handed-over-protocol.ts';

const CACHE: HandedOverCache = 'peerify-handed-over';

/** Whether anything can come from outside the page: only then is the code for it fetched. */
export async function mightArrive(): Promise<boolean> {
  // Only a page that is installed is opened with files.
  if (!matchMedia('(display-mode: browser)').matches) return true;
  return caches.has(CACHE).catch(() => false);
}
