import type { UseStore } from 'idb-keyval';
import { promisifyRequest } from 'idb-keyval';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';

/** No share's. */
const ROOM_KEY = 'room';
/** At once. */
const MAX_RANDOM_BYTES = 65_536;

/**
 * Whether so many bytes can be stored now. Nothing of them stays, even if the tab dies. They are random, because browsers
 * compress.
 */
export async function hasRoom(pieces: UseStore, byteLength: number): Promise<boolean> {
  const bytes = new Uint8Array(byteLength);
  for (let at = 0; at < byteLength; at += MAX_RANDOM_BYTES) {
    crypto.getRandomValues(bytes.subarray(at, at + MAX_RANDOM_BYTES));
  }
  const storing = pieces('readwrite', (store) => {
    store.put(bytes, ROOM_KEY);
    store.delete(ROOM_KEY);
    return promisifyRequest(store.transaction);
  });
  return storing.then(
    () => true,
    (error: unknown) => {
      if (error instanceof StoreError) return false;
      throw error;
    },
  );
}
