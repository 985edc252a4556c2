import type { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, test, vi } from 'vitest';
import { concatBytes } from '../../shared/share/bytes.ts';
import { openPiece, sealPiece, verifyPiece } from '../../shared/share/piece-sealing.ts';
import { createSampleShare, patternBytes } from '../../shared/share/sample-share.test-helper.ts';
import { createHastyClock } from './hasty-clock.test-helper.ts';
import { IdbDigestJournal } from './idb-digest-journal.ts';
import { IdbPieceStore } from './idb-piece-store.ts';
import { openResilientDatabase } from './resilient-database.ts';
import { SharerPieceStore } from './sharer-piece-store.ts';
import { FileStreamSource } from './stream-source.ts';

const INDEX = patternBytes(10, 1);
const CONTENT = patternBytes(200_000, 2);
const MODIFIED_MS = 1_700_000_000_000;

function openSource(content: Uint8Array<ArrayBuffer>) {
  const file = new File([content], 'notes.txt', { lastModified: MODIFIED_MS });
  return new FileStreamSource(INDEX, [{ file, size: CONTENT.byteLength, modifiedMs: MODIFIED_MS }]);
}

async function setUp() {
  const streamLength = INDEX.byteLength + CONTENT.byteLength;
  const share = await createSampleShare({ streamLength, indexLength: INDEX.byteLength });
  const { context, keys, signingKeys, shareId } = share;
  const factory = new IDBFactory();
  const onSourceLost = vi.fn<(error: StoreError) => void>();
  /** As a visit to the page opens it: the databases stay, everything else is new. */
  function visit(source: FileStreamSource | undefined, keepBudgetBytes: number) {
    const pieces = openResilientDatabase({ name: 'pieces', factory });
    const digests = openResilientDatabase({ name: 'digests', factory });
    return new SharerPieceStore({
      geometry: context.geometry,
      inner: new IdbPieceStore(pieces, shareId, createHastyClock()),
      journal: new IdbDigestJournal(digests, shareId, createHastyClock()),
      seal: (piece, plaintext) =>
        sealPiece(context, keys.piece, signingKeys.privateKey, piece, plaintext),
      source,
      onSourceLost,
      keepBudgetBytes,
    });
  }
  return { ...share, visit, onSourceLost };
}

describe('the sharer’s files, sealed, kept and journalled', () => {
  test('D5: every piece verifies, and opened they are the stream', async () => {
    const { visit, context, publicKey, keys } = await setUp();
    const store = visit(openSource(CONTENT), 0);
    const opened: Uint8Array[] = [];
    for (const piece of await store.held()) {
      const sealed = (await store.get(piece)) ?? new Uint8Array();
      expect(await verifyPiece(context, publicKey, piece, sealed)).toBe(true);
      const plaintext = await openPiece(context, keys.piece, piece, sealed);
      if (plaintext.ok) opened.push(plaintext.value);
    }
    expect(concatBytes(...opened).toString() === concatBytes(INDEX, CONTENT).toString()).toBe(true);
  });

  test('case P26; P6, D7: a file edited in place between two visits leaks nothing, and is told', async () => {
    const { visit, onSourceLost } = await setUp();
    await visit(openSource(CONTENT), 0).get(1);
    const edited = CONTENT.slice();
    edited[100_000] = 1 + (CONTENT[100_000] ?? 0);
    const store = visit(openSource(edited), 0);
    await expect(store.get(1)).rejects.toMatchObject({ code: 'source-changed' });
    expect(onSourceLost).toHaveBeenCalledTimes(1);
  });

  test('D6: after a reload without the files, what was kept is still there', async () => {
    const { visit, context, publicKey } = await setUp();
    const before = visit(openSource(CONTENT), 1_000_000);
    await before.get(2);
    await before.keepMore();
    const after = visit(undefined, 1_000_000);
    expect(await after.held()).toEqual([2]);
    const sealed = (await after.get(2)) ?? new Uint8Array();
    expect(await verifyPiece(context, publicKey, 2, sealed)).toBe(true);
    expect(await after.get(1)).toBeUndefined();
  });
});
