import { afterEach, beforeEach, expect, test } from 'vitest';

import { encodeBase64Url } from '../../shared/share/base64url.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { announceOf } from '../gateway/test-peer.test-helper.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { startAttacked } from './attacked-tracker.test-helper.ts';

let nowMs = 0;
let tracker: AttackedTracker;

beforeEach(async () => {
  tracker = await startAttacked({ trustProxyHops: 1, nowMs: () => nowMs });
});
afterEach(() => tracker.stop());

test('case T19; T12: of 1,000 guesses of one address, over several connections, 120 are answered', async () => {
  const address = { 'X-Forwarded-For': '192.0.2.9' };
  const guessers = await Promise.all(
    Array.from({ length: 25 }, () => tracker.connectPeer(address)),
  );
  const answers: unknown[] = [];
  for (let guess = 0; guess < 40; guess += 1) {
    for (const guesser of guessers) {
      const shareId = encodeBase64Url(crypto.getRandomValues(new Uint8Array(16)));
      answers.push(await guesser.ask('find', { shareId }));
    }
  }
  const unknown = { ok: false, code: 'unknown-share' };
  expect(answers.slice(0, 120)).toEqual(Array.from({ length: 120 }, () => unknown));
  const refused = { ok: false, code: 'rate-limited', retryAfterMs: 60_000 };
  expect(new Set(answers.slice(120).map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify(refused)]),
  );
  const { shareId } = tracker.share;
  expect(await guessers[0]?.ask('find', { shareId })).toEqual(refused);
  const elsewhere = await tracker.connectPeer({ 'X-Forwarded-For': '192.0.2.10' });
  expect(await elsewhere.ask('find', { shareId })).toMatchObject({ ok: true });
  nowMs += 60_000;
  expect(await guessers[0]?.ask('find', { shareId })).toMatchObject({ ok: true });
  for (const { socket } of [...guessers, elsewhere]) socket.disconnect();
  await tracker.expectUnharmed();
});

test('case T19; T6: a share that everybody has left is answered like one that never was', async () => {
  const share = await createSampleShare({ streamLength: 100 });
  const [sharer, asker] = [await tracker.connectPeer(), await tracker.connectPeer()];
  const never = encodeBase64Url(new Uint8Array(16).fill(1));
  const askAll = async (shareId: string): Promise<unknown[]> => [
    await asker.ask('find', { shareId }),
    await asker.ask('leave', { shareId }),
    await asker.ask('announce', { shareId, gained: [[0, 0]] }),
    await asker.ask('signal', { shareId, to: sharer.peerId, data: new Uint8Array(1) }),
  ];
  await sharer.ask('announce', announceOf(share, 0));
  await sharer.ask('leave', { shareId: share.shareId });
  expect(await askAll(share.shareId)).toEqual(await askAll(never));
  for (const { socket } of [sharer, asker]) socket.disconnect();
  await tracker.expectUnharmed();
});
