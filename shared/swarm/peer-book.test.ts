import { describe, expect, test } from 'vitest';
import { Answers, createSharer } from './audit-answers.test-helper.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { MAX_CONNECTIONS, MAX_OTHER_NAMES } from './limits.ts';
import { disconnectsIn, SwarmDriver } from './swarm-driver.test-helper.ts';

const ALL = [0, 1, 2, 3];

describe('E10: a browser that turns up twice', () => {
  test('keeps the connection on which it has just said something', () => {
    const driver = new SwarmDriver({ pieceCount: 4 });
    driver.connect('a', ALL, 'same');
    driver.nowMs = 9_000;
    driver.hear('a', { type: 'have', pieces: [0] });
    driver.nowMs = 18_000;
    driver.connect('b', ALL, 'same');
    expect(driver.peerIds).toEqual(['a']);
  });

  test('keeps the newer one where the other is silent, whatever we say on that ourselves', () => {
    const driver = new SwarmDriver({ pieceCount: 4, held: ALL });
    driver.connect('a', [], 'same');
    driver.hear('a', { type: 'request', piece: 0, block: 0 });
    driver.nowMs = 11_000;
    const block = { peerId: 'a', piece: 0, block: 0, byteLength: 32_808 };
    driver.tell({ ...block, type: 'block-sent', bufferedBytes: 32_808 });
    driver.tell({ type: 'drained', peerId: 'a', bufferedBytes: 0 });
    driver.tell({ type: 'audit-asked', peerId: 'a', piece: 0 });
    driver.connect('b', [], 'same');
    expect(driver.peerIds).toEqual(['b']);
  });
});

test('E11: of a browser that turns up again and again only the last names are remembered', () => {
  const driver = new SwarmDriver({ pieceCount: 4 });
  driver.connect('a', ALL, 'same');
  for (let i = 0; i <= MAX_OTHER_NAMES; i += 1) driver.connect(`name${i}`, ALL, 'same');
  expect(driver.peerIds).toEqual(['a']);
  expect(driver.snapshot.peers[0]?.otherNames).toBe(MAX_OTHER_NAMES);
  const bitfield = Bitfield.of(4, ALL);
  const peers = Array.from({ length: MAX_OTHER_NAMES + 1 }, (_, i) => `name${i}`).map((peerId) => ({
    peerId,
    bitfield,
    role: 'member' as const,
  }));
  const dialled = driver.tell({ type: 'peers-found', peers }).filter(({ type }) => type === 'dial');
  expect(dialled).toEqual([{ type: 'dial', peerId: 'name0', role: 'member' }]);
});

describe('E10, E21: a sharer that counts copies and has no more room', () => {
  test('keeps those that it counts and needs, while others can go', () => {
    const driver = createSharer(1);
    const answers = new Answers(driver);
    driver.connect('counted', ALL);
    driver.connect('second', ALL);
    answers.answerAll();
    for (let i = 2; i < MAX_CONNECTIONS; i += 1) driver.connect(`seeder${i}`, ALL);
    expect(driver.snapshot.copies?.mayClose).toBe(true);
    for (let i = 0; i < MAX_CONNECTIONS; i += 1) {
      driver.connect(`newcomer${i}`, []);
      expect(driver.snapshot.copies?.mayClose).toBe(true);
      expect(driver.peerIds).toHaveLength(MAX_CONNECTIONS);
    }
    expect(driver.peerIds.filter((peerId) => peerId.startsWith('seeder'))).toEqual([]);
  });

  test('turns a newcomer away where nobody else can go', () => {
    const driver = createSharer(1);
    const answers = new Answers(driver);
    driver.connect('counted', ALL);
    answers.answerAll();
    for (let i = 1; i < MAX_CONNECTIONS; i += 1) driver.connect(`leecher${i}`, []);
    driver.connect('newcomer', []);
    expect(disconnectsIn(driver.effects)).toEqual(['newcomer too-many-peers']);
  });

  test('lets a seeder go where nobody asks for copies', () => {
    const driver = createSharer(0);
    driver.connect('seeder', ALL);
    for (let i = 1; i <= MAX_CONNECTIONS; i += 1) driver.connect(`leecher${i}`, []);
    expect(disconnectsIn(driver.effects)).toEqual(['seeder too-many-peers']);
  });
});
