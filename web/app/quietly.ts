import { StoreError } from '../../shared/swarm/ports/piece-store.ts';

/** Undefined where the store fails: a browser that remembers nothing still works until the tab is closed. */
export async function quietly<Value>(work: Promise<Value>): Promise<Value | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}
