import { expect, test } from 'vitest';
import { Bitfield } from '../wire/bitfield.ts';
import { MAX_DIALS_PER_MINUTE, MAX_KNOWN_PEERS } from './limits.ts';
import { SwarmDriver } from './swarm-driver.test-helper.ts';

const SECOND_MS = 1_000;
const NAMED_AT_ONCE = 30;

/** Nobody can be reached, also of those that are dialled instead. */
function failDials(driver: SwarmDriver): void {
  for (const effect of driver.effects.splice(0)) {
    if (effect.type !== 'dial') continue;
    driver.tell({ type: 'peer-disconnected', peerId: effect.peerId });
    failDials(driver);
  }
}

test('E10, E11: however many peers the tracker names, 200 are remembered and 60 dialled in a minute', () => {
  const driver = new SwarmDriver({ pieceCount: 4 });
  const bitfield = new Bitfield(4);
  driver.tell({ type: 'tracker-up', announceIntervalMs: 120_000 });
  let namedCount = 0;
  for (let second = 1; second < 30; second += 1) {
    driver.nowMs = second * SECOND_MS;
    const peers = Array.from({ length: NAMED_AT_ONCE }, (_, i) => ({
      peerId: `peer-${namedCount + i}`,
      bitfield,
      role: 'member' as const,
    }));
    namedCount += NAMED_AT_ONCE;
    driver.tell({ type: 'peers-found', peers });
    failDials(driver);
  }
  expect(driver.snapshot).toMatchObject({
    knownPeers: MAX_KNOWN_PEERS,
    recentDials: MAX_DIALS_PER_MINUTE,
  });
});
