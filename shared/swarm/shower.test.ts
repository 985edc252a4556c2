import { expect, test } from 'vitest';
import { MAX_SHOWN_BURST_BYTES, MAX_WAITING_AUDITS, SHOWN_BYTES_PER_SECOND } from './limits.ts';
import { SwarmDriver, disconnectsIn, messagesTo } from './swarm-driver.test-helper.ts';

const MIB = 1024 * 1024;
const nonce = new Uint8Array(16);

function countShows({ effects }: SwarmDriver): number {
  return effects.filter(({ type }) => type === 'show').length;
}

test('E22: an audit of what is held is answered, of anything else by lost', () => {
  const driver = new SwarmDriver({ held: [1] });
  driver.connect('a', []);
  const effects = driver.hear('a', { type: 'audit', piece: 1, nonce });
  expect(effects).toContainEqual({ type: 'show', peerId: 'a', piece: 1, nonce });
  const refusal = driver.hear('a', { type: 'audit', piece: 0, nonce });
  expect(messagesTo('a', refusal)).toEqual([{ type: 'lost', piece: 0 }]);
});

test('W7: an audit of a piece that there is not is a violation, and so is its loss', () => {
  const driver = new SwarmDriver();
  driver.connect('a', []);
  driver.connect('b', []);
  expect(disconnectsIn(driver.hear('a', { type: 'audit', piece: 4, nonce }))).toEqual([
    'a bad-index',
  ]);
  expect(disconnectsIn(driver.hear('b', { type: 'lost', piece: 4 }))).toEqual(['b bad-index']);
});

test('E22: so many of one peer wait at most, and further ones are ignored', () => {
  const driver = new SwarmDriver({ held: [0] });
  driver.connect('a', []);
  for (let i = 0; i < 2 * MAX_WAITING_AUDITS; i += 1) {
    driver.hear('a', { type: 'audit', piece: 0, nonce });
  }
  expect(countShows(driver)).toBe(MAX_WAITING_AUDITS);
  driver.tell({ type: 'piece-shown', peerId: 'a' });
  driver.hear('a', { type: 'audit', piece: 0, nonce });
  expect(countShows(driver)).toBe(MAX_WAITING_AUDITS + 1);
});

test('E22: nobody makes us read more than so many bytes a second', () => {
  const driver = new SwarmDriver({ pieceSize: 4 * MIB, held: [0] });
  driver.connect('a', []);
  const askAlways = (): void => {
    for (let i = 0; i < 100; i += 1) {
      driver.hear('a', { type: 'audit', piece: 0, nonce });
      driver.tell({ type: 'piece-shown', peerId: 'a' });
    }
  };
  askAlways();
  driver.tick(1_000);
  askAlways();
  const shownBytes = countShows(driver) * 4 * MIB;
  expect(shownBytes).toBeLessThanOrEqual(MAX_SHOWN_BURST_BYTES + SHOWN_BYTES_PER_SECOND);
  expect(shownBytes).toBeGreaterThan(MAX_SHOWN_BURST_BYTES);
});
