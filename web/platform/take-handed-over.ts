import type { HandedOver } from '../app/ports/arrivals.ts';
import type {
  HandedOver as Kept,
  HandedOverCache,
  HandedOverList,
} from '../service-worker/handed-over-protocol.ts';

const CACHE: HandedOverCache = 'peerify-handed-over';
const LIST: HandedOverList = '/handed-over';
/** What nobody came for by then is no longer expected. */
const MAX_AGE_MS = 60 * 60 * 1000;

type HandedOverCaches = Pick<CacheStorage, 'has' | 'open' | 'delete'>;

/** What the worker kept of a hand-over, for the first page that asks. Nothing of it stays kept. */
export async function takeHandedOver(
  caches: HandedOverCaches,
  epochMs: () => number,
): Promise<HandedOver | undefined> {
  if (!(await caches.has(CACHE))) return undefined;
  const handed = await readKept(await caches.open(CACHE), epochMs());
  // Of several tabs one takes it.
  return (await caches.delete(CACHE)) ? handed : undefined;
}

async function readKept(cache: Cache, nowMs: number): Promise<HandedOver | undefined> {
  const list: Kept | undefined = await (await cache.match(LIST))?.json();
  if (list === undefined || nowMs - list.atMs > MAX_AGE_MS) return undefined;
  if (list.kind === 'too-large') return { kind: 'too-large' };
  const files: File[] = [];
  for (const [number, { name, type }] of list.files.entries()) {
    const blob = await (await cache.match(`${LIST}/${number}`))?.blob();
    if (blob !== undefined) files.push(new File([blob], name, { type }));
  }
  return { kind: 'files', files, text: list.text };
}
