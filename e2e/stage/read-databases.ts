import type { Page } from 'playwright-core';

/** Every byte and every text that the page's origin keeps in its databases, keys and names included. */
export async function readDatabases(page: Page): Promise<Buffer> {
  const text = await page.evaluate(async () => {
    const parts: BlobPart[] = [];
    const gather = (value: unknown): void => {
      if (value instanceof Blob) parts.push(value);
      else if (value instanceof Uint8Array) parts.push(value.slice());
      else if (typeof value === 'object' && value !== null) {
        for (const [name, inner] of Object.entries(value)) {
          parts.push(`${name} `);
          gather(inner);
        }
      } else parts.push(`${String(value)} `);
    };
    const requests = {
      settle<Result>(request: IDBRequest<Result>): Promise<Result> {
        return new Promise((resolve, reject) => {
          request.addEventListener('success', () => resolve(request.result));
          request.addEventListener('error', () => reject(new Error('a database cannot be read')));
        });
      },
    };
    for (const { name = '' } of await indexedDB.databases()) {
      parts.push(`${name} `);
      const database = await requests.settle(indexedDB.open(name));
      for (const storeName of database.objectStoreNames) {
        const store = database.transaction(storeName).objectStore(storeName);
        const [keys, values] = await Promise.all([
          requests.settle(store.getAllKeys()),
          requests.settle<unknown[]>(store.getAll()),
        ]);
        gather([keys, values]);
      }
      database.close();
    }
    const reader = new FileReader();
    const read = new Promise((resolve) => reader.addEventListener('load', resolve));
    reader.readAsDataURL(new Blob(parts));
    await read;
    return typeof reader.result === 'string' ? reader.result : '';
  });
  return Buffer.from(text.slice(text.indexOf(',') + 1), 'base64');
}
