import { describe, expect, test } from 'vitest';

import type { Done, Refusal } from '../../shared/tracker/refusal.ts';
import { askPatiently } from './ask-patiently.ts';

function busy(retryAfterMs: number): Refusal {
  return { ok: false, code: 'rate-limited', retryAfterMs };
}

async function run(answers: readonly (Done | undefined)[]) {
  const waits: number[] = [];
  let asked = 0;
  const answer = await askPatiently<Done>(
    async () => {
      asked += 1;
      return answers[asked - 1];
    },
    async (ms) => void waits.push(ms),
    () => 0,
  );
  return { answer, asked, waits };
}

describe('asking a busy tracker', () => {
  test('T16: again after twice as long each time, until it answers', async () => {
    expect(await run([busy(100), busy(100), busy(100), { ok: true }])).toEqual({
      answer: { ok: true },
      asked: 4,
      waits: [100, 200, 400],
    });
  });

  test('T16: six times in all', async () => {
    const { answer, asked } = await run(Array.from({ length: 9 }, () => busy(1)));
    expect({ answer, asked }).toEqual({ answer: busy(1), asked: 6 });
  });

  test('once where it wants more than five seconds', async () => {
    expect(await run([busy(5001), { ok: true }])).toMatchObject({ answer: busy(5001), asked: 1 });
  });

  test.each([
    [{ ok: true } as const],
    [{ ok: false, code: 'swarm-full' } as const],
    [{ ok: false, code: 'rate-limited' } as const],
    [undefined],
  ])('once where it says anything else: %j', async (answer) => {
    expect(await run([answer, { ok: true }])).toEqual({ answer, asked: 1, waits: [] });
  });
});
