import { afterEach, describe, expect, test, vi } from 'vitest';

import { signDistrust } from '../../shared/share/distrust.ts';
import type { SampleShare } from '../../shared/share/sample-share.test-helper.ts';
import {
  ALL,
  announceTarget,
  announceVolunteer,
  connect,
  connectSharer,
  connectVolunteer,
  OK,
  orderedPieces,
  other,
  PIECE_COUNT,
  received,
  share,
  start,
  stop,
} from './copies-scene.test-helper.ts';
import { announceOf } from './test-peer.test-helper.ts';

afterEach(stop);

async function startWithLiar() {
  await start();
  const liar = await connectVolunteer();
  await announceVolunteer(liar, ...ALL);
  const sharer = await connectSharer(1);
  const honest = await connectVolunteer();
  return { liar, sharer, honest };
}

describe('distrust', () => {
  test('case T27; T32: the signed word of the sharer takes weight from a holder at once', async () => {
    const { liar, sharer, honest } = await startWithLiar();
    const { shareId } = share;
    const sign = (of: SampleShare, peerId: string) =>
      signDistrust(of.signingKeys.privateKey, shareId, peerId);
    const word = { shareId, peerId: liar.peerId };
    const forged = { ...word, signature: await sign(other, liar.peerId) };
    expect(await sharer.ask('distrust', forged)).toEqual({ ok: false, code: 'invalid' });
    const signature = await sign(share, liar.peerId);
    expect(await honest.ask('distrust', { ...word, signature })).toEqual({
      ok: false,
      code: 'not-announced',
    });
    expect(orderedPieces(honest)).toEqual([]);
    expect(await sharer.ask('distrust', { ...word, signature })).toEqual(OK);
    await vi.waitFor(() => expect(orderedPieces(honest)).toHaveLength(PIECE_COUNT), 1000);
  });

  test('case T27; T32: the unsigned word of two at different addresses does so too', async () => {
    const { liar, honest } = await startWithLiar();
    const word = { shareId: share.shareId, peerId: liar.peerId };
    const accusers = [await connect('192.0.2.7'), await connect('192.0.2.7')];
    for (const accuser of accusers) {
      await accuser.ask('announce', announceOf(share));
      expect(await accuser.ask('distrust', word)).toEqual(OK);
    }
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(orderedPieces(honest)).toEqual([]);
    const third = await connect('192.0.2.8');
    await third.ask('announce', announceOf(share));
    expect(await third.ask('distrust', word)).toEqual(OK);
    await vi.waitFor(() => expect(orderedPieces(honest)).toHaveLength(PIECE_COUNT), 1000);
    await announceVolunteer(liar, ...ALL);
    expect(orderedPieces(liar)).toEqual([]);
  });
});

test('T33: a share that the operator refuses is forgotten, released, and not let in again', async () => {
  const tracker = await start();
  const volunteer = await connectVolunteer();
  const sharer = await connectSharer(1);
  await vi.waitFor(() => expect(orderedPieces(volunteer)).toHaveLength(PIECE_COUNT));
  await announceVolunteer(volunteer, ...ALL);
  await tracker.deny(new Set([share.shareId]));
  await vi.waitFor(() =>
    expect(received(volunteer, 'release')).toEqual([{ shareId: share.shareId }]),
  );
  const refused = { ok: false, code: 'share-refused' };
  expect(await announceTarget(sharer, 1, 1)).toEqual(refused);
  expect(await announceVolunteer(volunteer, 0)).toEqual(refused);
  expect(await sharer.ask('announce', { shareId: share.shareId, gained: [[0, 0]] })).toEqual(
    refused,
  );
  expect(await sharer.ask('find', { shareId: share.shareId })).toEqual(refused);
  await tracker.deny(new Set());
  expect(await announceTarget(sharer, 1, 1)).toEqual(OK);
});
