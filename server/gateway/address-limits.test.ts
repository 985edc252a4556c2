import { describe, expect, test } from 'vitest';

import { AddressLimits } from './address-limits.ts';

const LIMITS = { socketsPerAddress: 2, connectionsPerMinute: 3, unknownSharesPerMinute: 2 };

describe('what one address may do', () => {
  test('T12: so many connections at a time', async () => {
    const limits = new AddressLimits({ ...LIMITS, connectionsPerMinute: 100 });
    limits.recordOpen('a');
    expect(await limits.mayConnect('a')).toBe(true);
    limits.recordOpen('a');
    expect(await limits.mayConnect('a')).toBe(false);
    expect(await limits.mayConnect('b')).toBe(true);
    limits.recordClose('a');
    expect(await limits.mayConnect('a')).toBe(true);
  });

  test('T12: so many new connections a minute', async () => {
    const limits = new AddressLimits(LIMITS);
    const answers = [];
    for (let i = 0; i < 4; i += 1) answers.push(await limits.mayConnect('a'));
    expect(answers).toEqual([true, true, true, false]);
    expect(await limits.mayConnect('b')).toBe(true);
  });

  test('T12: so many wrong guesses a minute, then a wait', async () => {
    const limits = new AddressLimits(LIMITS);
    expect(await limits.computeGuessDelay('a')).toBe(0);
    await limits.recordUnknownShare('a');
    expect(await limits.computeGuessDelay('a')).toBe(0);
    await limits.recordUnknownShare('a');
    expect(await limits.computeGuessDelay('a')).toBeGreaterThan(0);
    expect(await limits.computeGuessDelay('b')).toBe(0);
  });
});
