/** Bytes that the browser would still store, which may be a guess of its own; undefined where it does not say. */
export async function measureRoom(
  storage: Pick<StorageManager, 'estimate'> | undefined = globalThis.navigator?.storage,
): Promise<number | undefined> {
  try {
    const { quota, usage = 0 } = (await storage?.estimate()) ?? {};
    return quota === undefined ? undefined : Math.max(0, quota - usage);
  } catch {
    return undefined;
  }
}
