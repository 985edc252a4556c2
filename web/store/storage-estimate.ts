/** What the browser would still let this origin store, by its own word; undefined where it does not say. */
export async function estimateFreeBytes(
  storage: Partial<StorageManager> | undefined = globalThis.navigator?.storage,
): Promise<number | undefined> {
  try {
    const { quota, usage } = (await storage?.estimate?.()) ?? {};
    return quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage);
  } catch {
    return undefined;
  }
}

/** Asks the browser not to evict what is stored; false where it may do so all the same. */
export async function requestPersistence(
  storage: Partial<StorageManager> | undefined = globalThis.navigator?.storage,
): Promise<boolean> {
  try {
    return (await storage?.persisted?.()) === true || (await storage?.persist?.()) === true;
  } catch {
    return false;
  }
}
