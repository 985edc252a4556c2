import { describe, expect, test } from 'vitest';
import { Bitfield } from '../wire/bitfield.ts';
import { MAX_DIALS_AT_ONCE } from './limits.ts';
import { SwarmDriver } from './swarm-driver.test-helper.ts';

/** Whether those who could not all be dialled at once are still dialled when another answer has come without them. */
function staysKnown(pieceCount: number, answerCount: number): boolean {
  const driver = new SwarmDriver({ pieceCount });
  const bitfield = new Bitfield(pieceCount);
  const answer = (prefix: string) =>
    Array.from({ length: answerCount }, (_, i) => ({
      peerId: `${prefix}${i}`,
      bitfield,
      role: 'member' as const,
    }));
  driver.tell({ type: 'tracker-up', announceIntervalMs: 60_000 });
  driver.tell({ type: 'peers-found', peers: answer('first') });
  driver.tell({ type: 'peers-found', peers: answer('second') });
  for (let i = 0; i < 40; i += 1) driver.tick(1_000);
  const dialled = driver.effects.flatMap((effect) =>
    effect.type === 'dial' ? [effect.peerId] : [],
  );
  return new Set(dialled.filter((peerId) => peerId.startsWith('first'))).size > MAX_DIALS_AT_ONCE;
}

describe('T26, E10: who is known of', () => {
  test.each([
    { pieceCount: 8, answerCount: 30, expected: true },
    { pieceCount: 8, answerCount: 29, expected: false },
    { pieceCount: 65_536, answerCount: 12, expected: true },
    { pieceCount: 65_536, answerCount: 11, expected: false },
  ])(
    'stays known beside an answer that is full ($expected): $answerCount peers, $pieceCount pieces',
    ({ pieceCount, answerCount, expected }) => {
      expect(staysKnown(pieceCount, answerCount)).toBe(expected);
    },
  );
});
