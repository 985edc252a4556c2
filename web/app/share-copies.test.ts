import { expect, test } from 'vitest';
import type { RunnerSnapshot } from '../../shared/swarm/swarm-snapshot.ts';
import { verifyCopyTarget } from '../../shared/share/copy-target.ts';
import { verifyDistrust } from '../../shared/share/distrust.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { openShare } from './open-share.ts';
import { ShareCopies } from './share-copies.ts';
import { createSnapshot } from './snapshot.test-helper.ts';

const sample = await createSampleShare({ streamLength: 3 * 65_536 });
const { shareId, publicKey } = sample;
const opened = await openShare(sample, sample.header.bytes);
if (opened.kind !== 'opened') throw new Error('the sample cannot be opened');
const { share } = opened;

function createCopies(target?: { copies: number; serial: number }): ShareCopies {
  return new ShareCopies(share, sample.signingKeys.privateKey, target);
}

function snapshotWith(counts: readonly number[], missingBytes: number): RunnerSnapshot {
  const minimum = Math.min(...counts);
  const copies = {
    target: 2,
    mayClose: minimum >= 2,
    minimum,
    counts: Uint8Array.from(counts),
    missingBytes,
  };
  return { ...createSnapshot({ peerCount: 1 }), copies };
}

test('two copies are asked for unless a person chose', async () => {
  const words = await createCopies().sign();
  expect(await verifyCopyTarget(publicKey, shareId, words)).toEqual({ copies: 2, serial: 1 });
  const chosen = await createCopies({ copies: 4, serial: 9 }).sign();
  expect(await verifyCopyTarget(publicKey, shareId, chosen)).toEqual({ copies: 4, serial: 9 });
});

test('the farewell asks for none, and outweighs what was said before', async () => {
  const copies = createCopies({ copies: 4, serial: 9 });
  expect(copies.farewell).toBeUndefined();
  await copies.sign();
  const first = copies.farewell ?? new Uint8Array();
  expect(await verifyCopyTarget(publicKey, shareId, first)).toEqual({ copies: 0, serial: 10 });
  await copies.setTarget({ copies: 1, serial: 10 });
  const second = copies.farewell ?? new Uint8Array();
  expect(await verifyCopyTarget(publicKey, shareId, second)).toEqual({ copies: 0, serial: 11 });
});

test('who failed an audit is named under the sharer’s signature', async () => {
  const words = await createCopies().signDistrust('AAAAAAAAAAAAAAAAAAAAAA');
  expect(await verifyDistrust(publicKey, shareId, 'AAAAAAAAAAAAAAAAAAAAAA', words)).toBe(true);
});

test('the card says how long it will take, once that can be foretold', () => {
  const copies = createCopies();
  copies.record(snapshotWith([0, 0, 0], 3000), 0);
  expect(copies.card(snapshotWith([0, 0, 0], 3000))?.secondsLeft).toBeUndefined();
  copies.record(snapshotWith([0, 0, 0], 2000), 2_000);
  expect(copies.card(snapshotWith([0, 0, 0], 2000))).toMatchObject({
    target: 2,
    mayClose: false,
    secondsLeft: 4,
    isAlone: false,
  });
});

test('another target is another task', async () => {
  const copies = createCopies();
  copies.record(snapshotWith([0, 0, 0], 3000), 0);
  copies.record(snapshotWith([0, 0, 0], 2000), 2_000);
  await copies.setTarget({ copies: 1, serial: 2 });
  expect(copies.card(snapshotWith([0, 0, 0], 2000))?.secondsLeft).toBeUndefined();
});

test('nothing is shown before the engine has counted', () => {
  expect(createCopies().card(createSnapshot({}))).toBeUndefined();
});
