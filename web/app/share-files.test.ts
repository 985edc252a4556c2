import { beforeEach, expect, test } from 'vitest';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { OpenedShare } from './open-share.ts';
import { sealPiece } from '../../shared/share/piece-sealing.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { makeShare } from './make-share.ts';
import { openShare } from './open-share.ts';
import { ShareFiles } from './share-files.ts';

let share: OpenedShare;
let sealIndex: (index: (right: Bytes) => Bytes) => Promise<Bytes>;
let brokenCount: number;

beforeEach(async () => {
  brokenCount = 0;
  const file = new File(['x'], 'a\u202egpj.txt', { lastModified: 1 });
  const made = await makeShare([{ path: 'd/a\u202egpj.txt', file }], 0);
  if (made.kind !== 'made' || made.record.part.role !== 'sharer') throw new Error('not made');
  const { record } = made;
  const { index, signingKey } = made.record.part;
  const opened = await openShare(record, record.header);
  if (opened.kind !== 'opened') throw new Error('not opened');
  share = opened.share;
  sealIndex = async (change) => {
    const plaintext = new Uint8Array(share.header.geometry.streamLength);
    plaintext.set(change(index));
    const sealed = await sealPiece(share.context, share.keys.piece, signingKey, 0, plaintext);
    return sealed.sealed;
  };
});

function open(get: () => Promise<Bytes | undefined>, isHeld = true): ShareFiles {
  return new ShareFiles(share, { get }, () => isHeld, {
    onChange: () => {},
    onBroken: () => (brokenCount += 1),
  });
}

test('V1: the list is read once its pieces are held, and shown under the names it would be saved by', async () => {
  const sealed = await sealIndex((index) => index);
  const early = open(async () => sealed, false);
  expect(await early.find()).toBeUndefined();
  const files = open(async () => sealed);
  expect(await files.find()).toHaveLength(1);
  expect(files.shown).toEqual([{ path: 'd/agpj.txt', size: 1 }]);
  expect(brokenCount).toBe(0);
});

test('a list that the sharer sealed wrong is told, and never shown', async () => {
  const sealed = await sealIndex((index) => index.map((byte) => byte ^ 1));
  const files = open(async () => sealed);
  expect(await files.find()).toBeUndefined();
  expect([brokenCount, files.shown]).toEqual([1, undefined]);
});

test('D10: a store that fails for a moment is not blamed on the sharer', async () => {
  const sealed = await sealIndex((index) => index);
  const failure = new StoreError('unavailable');
  const answers = [Promise.reject(failure), Promise.resolve(undefined), Promise.resolve(sealed)];
  answers[0]?.catch(() => undefined);
  const files = open(() => answers.shift() ?? Promise.reject(failure));
  expect(await files.find()).toBeUndefined();
  expect(await files.find()).toBeUndefined();
  expect(await files.find()).toHaveLength(1);
  expect(brokenCount).toBe(0);
});
