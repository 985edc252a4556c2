/** Where a browser keeps its own pieces, and where those that it keeps for others. */
export type PieceDatabase = 'peerify-pieces' | 'peerify-volunteer-pieces';

/** How many pieces the page's browser stores. Runs in the page, like all of these. */
export async function countStoredPieces(
  database: PieceDatabase = 'peerify-pieces',
): Promise<number> {
  const databases = await indexedDB.databases();
  // Opening one that is not there would make it, in the page's place.
  if (!databases.some(({ name }) => name === database)) return 0;
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(database);
    opening.addEventListener('error', () => reject(new Error('the pieces cannot be opened')));
    opening.addEventListener('success', () => {
      const opened = opening.result;
      const [store] = opened.objectStoreNames;
      if (store === undefined) return resolve(0);
      const listing = opened.transaction(store).objectStore(store).getAllKeys();
      listing.addEventListener('success', () => {
        opened.close();
        // Each key is the share's ID and then the numbers of the pieces in its value.
        const counts = listing.result.map((key) => (Array.isArray(key) ? key.length - 1 : 0));
        resolve(counts.reduce((sum, count) => sum + count, 0));
      });
    });
  });
}

/** How many shares the page's browser remembers. */
export async function countRememberedShares(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('peerify-shares');
    opening.addEventListener('error', () => reject(new Error('the shares cannot be opened')));
    opening.addEventListener('success', () => {
      const database = opening.result;
      const [store] = database.objectStoreNames;
      if (store === undefined) return reject(new Error('there is no store yet'));
      const counting = database.transaction(store).objectStore(store).count();
      counting.addEventListener('success', () => {
        database.close();
        resolve(counting.result);
      });
    });
  });
}

export async function deleteStoredPieces(): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase('peerify-pieces');
    deleting.addEventListener('success', () => resolve());
    deleting.addEventListener('blocked', () => reject(new Error('the page holds on to it')));
  });
}

/** Writes zeros over a few bytes of the first piece in every value. Resolves with how many there are. */
export async function alterStoredPieces(): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0;
    const opening = indexedDB.open('peerify-pieces');
    opening.addEventListener('error', () => reject(new Error('the pieces cannot be opened')));
    opening.addEventListener('success', () => {
      const database = opening.result;
      const transaction = database.transaction('entries', 'readwrite');
      transaction.addEventListener('complete', () => {
        database.close();
        resolve(count);
      });
      const walking = transaction.objectStore('entries').openCursor();
      walking.addEventListener('success', () => {
        const cursor = walking.result;
        if (cursor === null) return;
        const value: { readonly body: Blob } = cursor.value;
        const parts = [value.body.slice(0, 10), new Uint8Array(8), value.body.slice(18)];
        cursor.update({ ...value, body: new Blob(parts) });
        count += 1;
        cursor.continue();
      });
    });
  });
}
