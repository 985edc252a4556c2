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
