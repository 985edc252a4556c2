import { beforeEach, describe, expect, test } from 'vitest';

import { SignalOutbox } from './signal-outbox.ts';

const BUSY = { ok: false, code: 'rate-limited', retryAfterMs: 1000 };

let nowMs: number;
let waitsMs: number[];
let sent: string[];
/** What the tracker answers, in turn; then that it was sent. */
let answers: unknown[];
let outbox: SignalOutbox;

beforeEach(() => {
  nowMs = 0;
  waitsMs = [];
  sent = [];
  answers = [];
  outbox = new SignalOutbox(
    () => nowMs,
    async (ms) => {
      waitsMs.push(ms);
      nowMs += ms;
    },
    () => 0,
  );
});

function post(to: string, name: string): void {
  outbox.post(to, async () => {
    sent.push(name);
    return answers.length === 0 ? { ok: true } : answers.shift();
  });
}

/** All that may happen has happened: no wait takes any time here. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

describe('T16: a signal that the tracker was too busy to relay', () => {
  test('is sent again after the time that it named, and then after twice as long', async () => {
    answers = [BUSY, BUSY, BUSY];
    post('peer', 'offer');
    await settle();
    expect(sent).toEqual(['offer', 'offer', 'offer', 'offer']);
    expect(waitsMs).toEqual([1000, 2000, 4000]);
  });

  test('is not sent again once its dial is over', async () => {
    answers = Array.from({ length: 99 }, () => BUSY);
    post('peer', 'offer');
    await settle();
    expect(nowMs).toBe(15_000);
    expect(sent).toHaveLength(5);
  });

  test('is sent nine times at most', async () => {
    answers = Array.from({ length: 99 }, () => ({ ...BUSY, retryAfterMs: 1 }));
    post('peer', 'offer');
    await settle();
    expect(sent).toHaveLength(9);
  });

  test('goes before those that come later for the same peer, and holds up no other peer', async () => {
    const waits: (() => void)[] = [];
    const wait = () => new Promise<void>((resolve) => waits.push(resolve));
    outbox = new SignalOutbox(() => nowMs, wait);
    answers = [BUSY];
    post('peer', 'offer');
    await settle();
    post('peer', 'candidate');
    post('other', 'another offer');
    for (const end of waits) end();
    await settle();
    expect(sent).toEqual(['offer', 'another offer', 'offer', 'candidate']);
  });

  test('lets sixty-four wait for one peer, and sends signals as before when they are through', async () => {
    answers = Array.from({ length: 70 }, () => BUSY);
    for (let i = 0; i < 70; i += 1) post('peer', `candidate ${i}`);
    await settle();
    expect(sent).toHaveLength(70 + 64);
    post('peer', 'later');
    expect(sent).toHaveLength(70 + 64 + 1);
  });

  test.each([
    [{ ok: true }],
    [{ ok: false, code: 'undeliverable' }],
    [{ ok: false, code: 'rate-limited' }],
    [undefined],
    ['nonsense'],
  ])('is sent once where the answer is another: %j', async (answer) => {
    answers = [answer];
    post('peer', 'offer');
    await settle();
    expect(sent).toEqual(['offer']);
    expect(waitsMs).toEqual([]);
  });
});
