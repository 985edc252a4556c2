import type { Moment } from './dying-database.test-helper.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { UseStore } from 'idb-keyval';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { equalBytes } from '../../shared/share/bytes.ts';
import { sealPiece } from '../../shared/share/piece-sealing.ts';
import { createSampleShare, patternBytes } from '../../shared/share/sample-share.test-helper.ts';
import { formatShareId } from '../../shared/share/share-id.ts';
import { createDyingDatabase } from './dying-database.test-helper.ts';
import { createHastyClock } from './hasty-clock.test-helper.ts';
import { IdbDigestJournal } from './idb-digest-journal.ts';
import { IdbPieceStore } from './idb-piece-store.ts';
import { openResilientDatabase } from './resilient-database.ts';
import { SharerPieceStore } from './sharer-piece-store.ts';
import { FileStreamSource } from './stream-source.ts';

const MOMENTS: readonly Moment[] = ['before it begins', 'before its commit', 'after its commit'];
const SHARE = formatShareId(new Uint8Array(16).fill(1));
const PIECES = [0, 1, 2, 3, 4, 5];
/** More transactions than either story has. */
const MAX_STEPS = 40;

describe.each(MOMENTS)('case S5; D1, D2: a tab that dies at any transaction, %s', (moment) => {
  test('leaves a store that holds what was committed, whole, and claims nothing else', async () => {
    let deaths = 0;
    for (let step = 1; step <= MAX_STEPS; step += 1) {
      const database = openResilientDatabase({ name: 'pieces', factory: new IDBFactory() });
      const dying = createDyingDatabase(database, step, moment);
      const certain = new Set<number>();
      await Promise.race([storeAndReplace(dying.use, certain), dying.died]);
      if (!dying.isDead()) break;
      deaths += 1;
      const after = new IdbPieceStore(database, SHARE, createHastyClock());
      const held = await after.held();
      for (const piece of held) expect(await after.get(piece)).toEqual(sealed(piece));
      expect([...certain].filter((piece) => !held.includes(piece))).toEqual([]);
    }
    expect(deaths).toBeGreaterThan(10);
  });
});

/** Pieces come one by one, one is removed for being altered, and comes anew. */
async function storeAndReplace(database: UseStore, certain: Set<number>): Promise<void> {
  const store = new IdbPieceStore(database, SHARE, createHastyClock());
  const put = async (piece: number): Promise<void> => {
    // One that is there already makes room first.
    certain.delete(piece);
    await store.put(piece, sealed(piece));
    certain.add(piece);
  };
  await Promise.all(PIECES.slice(0, 3).map(put));
  for (const piece of PIECES.slice(3)) await put(piece);
  certain.delete(1);
  await store.remove(1);
  await put(1);
  await put(1);
}

function sealed(piece: number): Bytes {
  return new Uint8Array(100 + piece).fill(piece);
}

const INDEX = patternBytes(10, 1);
const CONTENT = patternBytes(300_000, 2);

describe.each(MOMENTS)(
  'case S5, P26; P6, D5: a sharer that dies at any transaction, %s',
  (moment) => {
    test('and whose file is edited in place meanwhile never seals two plaintexts under one nonce', async () => {
      const edited = CONTENT.slice();
      for (let at = 0; at < edited.byteLength; at += 1000) edited[at] = (edited[at] ?? 0) ^ 1;
      let deaths = 0;
      for (let step = 1; step <= MAX_STEPS; step += 1) {
        const { visit, pieceCount } = await openShare();
        const left = new Map<number, Bytes[]>();
        const dying = createDyingDatabase(visit.digests, step, moment);
        await Promise.race([giveAll(visit.open(dying.use, CONTENT), pieceCount, left), dying.died]);
        if (!dying.isDead()) break;
        deaths += 1;
        await giveAll(visit.open(visit.digests, edited), pieceCount, left);
        for (const versions of left.values()) {
          expect(versions.every((one) => equalBytes(one, versions[0] ?? one))).toBe(true);
        }
      }
      expect(deaths).toBeGreaterThanOrEqual(4);
    });
  },
);

async function openShare() {
  const streamLength = INDEX.byteLength + CONTENT.byteLength;
  const share = await createSampleShare({ streamLength, indexLength: INDEX.byteLength });
  const { context, keys, signingKeys, shareId } = share;
  const factory = new IDBFactory();
  const pieces = openResilientDatabase({ name: 'pieces', factory });
  const digests = openResilientDatabase({ name: 'digests', factory });
  const open = (journal: UseStore, content: Bytes): SharerPieceStore => {
    const file = new File([content], 'a', { lastModified: 1 });
    const source = { file, size: content.byteLength, modifiedMs: 1 };
    return new SharerPieceStore({
      geometry: context.geometry,
      inner: new IdbPieceStore(pieces, shareId, createHastyClock()),
      journal: new IdbDigestJournal(journal, shareId, createHastyClock()),
      seal: (piece, plaintext) =>
        sealPiece(context, keys.piece, signingKeys.privateKey, piece, plaintext),
      source: new FileStreamSource(INDEX, [source]),
      onSourceLost: () => {},
    });
  };
  return { visit: { open, digests }, pieceCount: context.geometry.pieceCount };
}

/** What leaves of each piece: its ciphertext and tag, without the signature, which differs each time. */
async function giveAll(
  store: SharerPieceStore,
  pieceCount: number,
  left: Map<number, Bytes[]>,
): Promise<void> {
  for (let piece = 0; piece < pieceCount; piece += 1) {
    const sealedPiece = await store.get(piece).catch(() => undefined);
    if (sealedPiece === undefined) continue;
    const versions = left.get(piece) ?? [];
    left.set(piece, [...versions, sealedPiece.slice(0, -64)]);
  }
}
