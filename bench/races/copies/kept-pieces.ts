/** The numbers of all pieces that the page's browser keeps for others. Runs in the page. */
export async function readKeptPieces(): Promise<number[]> {
  const opening = indexedDB.open('peerify-volunteer-pieces');
  await new Promise((resolve, reject) => {
    opening.addEventListener('success', resolve);
    opening.addEventListener('error', () => reject(new Error('the pieces cannot be opened')));
  });
  const database = opening.result;
  const listing = database.transaction('entries').objectStore('entries').getAllKeys();
  await new Promise((resolve, reject) => {
    listing.addEventListener('success', resolve);
    listing.addEventListener('error', () => reject(new Error('the pieces cannot be listed')));
  });
  database.close();
  // Each key is the share's ID and then the numbers of the pieces in its value.
  return listing.result.flatMap((key) =>
    Array.isArray(key) ? key.slice(1).filter((part) => typeof part === 'number') : [],
  );
}
