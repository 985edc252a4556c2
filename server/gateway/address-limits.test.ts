import { describe, expect, test } from 'vitest';

import { AddressLimits } from './address-limits.ts';

const LIMITS = {
  socketsPerAddress: 2,
  connectionsPerMinute: 3,
  unknownSharesPerMinute: 2,
  relayGrantsPerMinute: 2,
  endsPerMinute: 2,
};

function createLimits(options: Partial<typeof LIMITS> = {}) {
  const clock = { nowMs: 0 };
  return { clock, limits: new AddressLimits({ ...LIMITS, ...options }, () => clock.nowMs) };
}

describe('what one address may do', () => {
  test('T12: so many connections at a time', () => {
    const { limits } = createLimits({ connectionsPerMinute: 100 });
    limits.recordOpen('a');
    expect(limits.checkConnection('a')).toBeUndefined();
    limits.recordOpen('a');
    expect(limits.checkConnection('a')).toBe('open-sockets');
    expect(limits.checkConnection('b')).toBeUndefined();
    limits.recordClose('a');
    expect(limits.checkConnection('a')).toBeUndefined();
  });

  test('T12: so many new connections a minute', () => {
    const { clock, limits } = createLimits();
    const answers = Array.from({ length: 4 }, () => limits.checkConnection('a'));
    expect(answers).toEqual([undefined, undefined, undefined, 'new-connections']);
    expect(limits.checkConnection('b')).toBeUndefined();
    clock.nowMs = 60_000;
    expect(limits.checkConnection('a')).toBeUndefined();
  });

  test('T12: so many wrong guesses a minute, then a wait', () => {
    const { clock, limits } = createLimits();
    limits.recordUnknownShare('a');
    expect(limits.computeGuessDelayMs('a')).toBe(0);
    limits.recordUnknownShare('a');
    expect(limits.computeGuessDelayMs('a')).toBe(60_000);
    expect(limits.computeGuessDelayMs('b')).toBe(0);
    clock.nowMs = 60_000;
    expect(limits.computeGuessDelayMs('a')).toBe(0);
  });

  test('case T28; T24: so many credentials for the relay a minute, then a wait', () => {
    const { clock, limits } = createLimits();
    const delaysMs = Array.from({ length: 4 }, () => limits.takeRelayGrant('a'));
    expect(delaysMs).toEqual([0, 0, 60_000, 60_000]);
    expect(limits.takeRelayGrant('b')).toBe(0);
    clock.nowMs = 60_000;
    expect(limits.takeRelayGrant('a')).toBe(0);
  });

  test('T34: so many ends of shares a minute, then a wait', () => {
    const { clock, limits } = createLimits();
    expect(Array.from({ length: 3 }, () => limits.takeEnd('a'))).toEqual([0, 0, 60_000]);
    expect(limits.takeEnd('b')).toBe(0);
    clock.nowMs = 60_000;
    expect(limits.takeEnd('a')).toBe(0);
  });
});
