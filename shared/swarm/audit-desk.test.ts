import { expect, test } from 'vitest';
import type { Bytes } from '../share/bytes.ts';
import type { SwarmMessage } from '../wire/messages.ts';
import type { SwarmEvent } from './swarm-events.ts';
import { computeAuditDigest } from '../share/audit-digest.ts';
import { AuditDesk } from './audit-desk.ts';

const FINGERPRINTS = { local: ['sha-256 AA'], remote: ['sha-256 BB'] };
const SEALED = new Uint8Array(200).fill(7);
const OTHER = new Uint8Array(200).fill(8);

function createDesk() {
  const sent: SwarmMessage[] = [];
  const told: SwarmEvent[] = [];
  const session = {
    fingerprints: FINGERPRINTS,
    send: (message: SwarmMessage) => sent.push(message),
  };
  const desk = new AuditDesk({
    session: () => session,
    read: () => SEALED,
    tell: (event) => told.push(event),
  });
  const ask = async (): Promise<Bytes> => {
    const count = sent.length;
    desk.ask({ type: 'audit', peerId: 'a', piece: 3 });
    await expect.poll(() => sent.length).toBe(count + 1);
    const message = sent.at(-1);
    if (message?.type !== 'audit') throw new Error('asked nothing');
    return message.nonce;
  };
  const answer = async (nonce: Bytes, sealed: Bytes): Promise<void> => {
    const digest = await computeAuditDigest(nonce, FINGERPRINTS.remote, sealed);
    desk.receive('a', { type: 'shown', piece: 3, digest });
  };
  const answers = (): readonly boolean[] =>
    told.flatMap((event) => (event.type === 'audit-answered' ? [event.isTrue] : []));
  return { ask, answer, answers };
}

test('E21, W8: a late answer to a question that was asked anew since is no lie, and no answer', async () => {
  const { ask, answer, answers } = createDesk();
  const former = await ask();
  const latest = await ask();
  await answer(former, SEALED);
  expect(answers()).toEqual([]);
  await answer(latest, SEALED);
  expect(answers()).toEqual([true]);
  await answer(latest, SEALED);
  expect(answers()).toEqual([true]);
});

test('E21, W8: an answer that fits no question is a lie', async () => {
  const { ask, answer, answers } = createDesk();
  await answer(new Uint8Array(16), SEALED);
  expect(answers()).toEqual([]);
  await ask();
  const latest = await ask();
  await answer(latest, OTHER);
  expect(answers()).toEqual([false]);
});
