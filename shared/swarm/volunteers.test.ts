import { describe, expect, test } from 'vitest';
import {
  LONG_WAIT_MS,
  MAX_CONNECTIONS,
  MAX_STREAMS_TO_VOLUNTEER,
  MAX_VOLUNTEERS,
} from './limits.ts';
import { SwarmDriver, blocksTo, disconnectsIn, messagesTo } from './swarm-driver.test-helper.ts';
import { Bitfield } from '../wire/bitfield.ts';

const KIB = 1024;
const ALL = [0, 1, 2, 3];

function connectVolunteer(driver: SwarmDriver, peerId: string, pieces: readonly number[] = []) {
  driver.connect(peerId, pieces, `${peerId}-identity`, 'volunteer');
}

function request(driver: SwarmDriver, peerId: string, piece: number): string {
  const effects = driver.hear(peerId, { type: 'request', piece, block: 0 });
  if (blocksTo(peerId, effects).length > 0) return 'served';
  return messagesTo(peerId, effects)[0]?.type ?? 'queued';
}

/** So much is on its way to these that nobody else may begin a piece. */
function fillUplink(driver: SwarmDriver, peerIds: readonly string[]): void {
  for (const peerId of peerIds) {
    for (let piece = 1; piece < 20; piece += 1) {
      if (request(driver, peerId, piece) === 'busy') break;
      driver.hear(peerId, { type: 'request', piece, block: 1 });
    }
  }
}

describe('a volunteer', () => {
  test('E23: fetches what it was told to, and nothing else', () => {
    const driver = new SwarmDriver({ role: 'volunteer' });
    driver.connect('a', ALL);
    expect(driver.requestsTo('a')).toEqual([]);
    driver.tell({ type: 'pieces-wanted', pieces: [2] });
    expect(driver.requestsTo('a')).toEqual(['2/0', '2/1']);
    driver.piece('a', 2);
    driver.tell({ type: 'piece-verified', peerId: 'a', piece: 2 });
    driver.tick(1_000);
    expect(driver.requestsTo('a')).toHaveLength(2);
    driver.tell({ type: 'pieces-wanted', pieces: [2, 3] });
    expect(driver.requestsTo('a').slice(2)).toEqual(['3/0', '3/1']);
  });

  test('E23: fetches again what it lost, after a reload as well', () => {
    const driver = new SwarmDriver({ role: 'volunteer', held: [1] });
    driver.connect('a', ALL);
    driver.tell({ type: 'piece-lost', piece: 1 });
    expect(driver.requestsTo('a')).toEqual(['1/0', '1/1']);
  });

  test('E23: that makes room says so before anything else, and fetches it no more', () => {
    const driver = new SwarmDriver({ role: 'volunteer', held: [0, 1] });
    driver.tell({ type: 'tracker-up', announceIntervalMs: 600_000 });
    driver.connect('a', ALL);
    driver.tell({ type: 'pieces-wanted', pieces: [2] });
    driver.hear('a', { type: 'request', piece: 0, block: 1 });
    const effects = driver.tell({ type: 'pieces-dropped', pieces: [0, 2] });
    expect(messagesTo('a', effects)).toContainEqual({ type: 'lost', piece: 0 });
    expect(messagesTo('a', effects)).toContainEqual({ type: 'cancel', piece: 2, block: 0 });
    expect(messagesTo('a', effects)).not.toContainEqual({ type: 'lost', piece: 2 });
    expect(driver.snapshot.heldPieces).toBe(1);
    expect(request(driver, 'a', 0)).toBe('reject');
    // The tracker is told everything anew soon.
    expect(driver.tick(1_000).map(({ type }) => type)).toContain('announce');
    driver.tick(1_000);
    expect(driver.requestsTo('a')).toEqual(['2/0', '2/1']);
    driver.tell({ type: 'pieces-wanted', pieces: [0] });
    expect(driver.requestsTo('a')).toContain('0/0');
  });

  test('E10: dials while it lacks something that it wants, and nobody afterwards', () => {
    const driver = new SwarmDriver({ role: 'volunteer' });
    driver.tell({ type: 'tracker-up', announceIntervalMs: 600_000 });
    const peers = [{ peerId: 'a', bitfield: Bitfield.full(4), role: 'member' as const }];
    expect(driver.tell({ type: 'peers-found', peers })).not.toContainEqual(
      expect.objectContaining({ type: 'dial' }),
    );
    expect(driver.tell({ type: 'pieces-wanted', pieces: [1] })).toContainEqual({
      type: 'dial',
      peerId: 'a',
      role: 'member',
    });
  });
});

describe('E1: what a peer says that it lost', () => {
  test('is not asked of it any more, and is asked of another', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('a', [0]);
    driver.connect('b', [0]);
    expect(driver.requestsTo('a')).toEqual(['0/0', '0/1']);
    driver.hear('a', { type: 'lost', piece: 0 });
    expect(driver.requestsTo('b')).toEqual(['0/0', '0/1']);
    expect(driver.snapshot.peers.map(({ heldPieces }) => heldPieces)).toEqual([0, 1]);
    driver.tick(1_000);
    expect(driver.requestsTo('a')).toHaveLength(2);
  });

  test('counts for less when the rarest piece is chosen, of a seeder as well', () => {
    const driver = new SwarmDriver({ pieceCount: 8, held: [0, 1, 2, 3], role: 'volunteer' });
    const all = [...Array(8).keys()];
    driver.connect('seeder', all);
    driver.connect('b', all);
    driver.connect('c', all);
    for (const peerId of ['seeder', 'b']) driver.hear(peerId, { type: 'lost', piece: 6 });
    driver.tell({ type: 'pieces-wanted', pieces: [4, 5, 6, 7] });
    expect(driver.requestsTo('c')[0]).toBe('6/0');
  });

  test('and never claimed changes nothing', () => {
    const driver = new SwarmDriver({ pieceCount: 2 });
    driver.connect('a', [1]);
    driver.hear('a', { type: 'lost', piece: 0 });
    driver.hear('a', { type: 'lost', piece: 0 });
    driver.hear('a', { type: 'have', pieces: [0] });
    driver.piece('a', 1);
    driver.tell({ type: 'piece-verified', peerId: 'a', piece: 1 });
    expect(driver.requestsTo('a')).toContain('0/0');
  });
});

describe('volunteers among the connections of a member', () => {
  test('E10: leave some to members, and make room for them', () => {
    const driver = new SwarmDriver({ held: ALL });
    for (let i = 0; i < MAX_CONNECTIONS; i += 1) connectVolunteer(driver, `v${i}`);
    expect(driver.peerIds).toHaveLength(MAX_VOLUNTEERS);
    for (let i = 0; i < MAX_CONNECTIONS; i += 1) driver.connect(`m${i}`, []);
    expect(driver.snapshot.peers.map(({ role }) => role)).not.toContain('volunteer');
    expect(driver.peerIds).toHaveLength(MAX_CONNECTIONS);
    connectVolunteer(driver, 'late');
    expect(disconnectsIn(driver.effects).at(-1)).toBe('late too-many-peers');
  });

  test('E10: to a volunteer they are peers like all others', () => {
    const driver = new SwarmDriver({ role: 'volunteer', held: ALL });
    for (let i = 0; i < MAX_CONNECTIONS; i += 1) connectVolunteer(driver, `v${i}`);
    expect(driver.peerIds).toHaveLength(MAX_CONNECTIONS);
  });

  test('E24: begin no piece while a member waits, but not for ever', () => {
    const pieceCount = 64;
    const held = [...Array(pieceCount).keys()];
    const driver = new SwarmDriver({ pieceCount, pieceSize: 256 * KIB, held });
    for (const peerId of ['k', 'l', 'm']) driver.connect(peerId, [0]);
    for (const peerId of ['v', 'w']) connectVolunteer(driver, peerId, [0]);
    fillUplink(driver, ['k', 'l']);
    expect(request(driver, 'm', 40)).toBe('busy');
    for (const peerId of ['k', 'l']) driver.tell({ type: 'peer-disconnected', peerId });
    // There is room again, and it is for the member that was told to come back.
    expect(request(driver, 'v', 41)).toBe('busy');
    driver.nowMs += LONG_WAIT_MS - 1;
    driver.connect('n', [0]);
    fillUplink(driver, ['n', 'w']);
    expect(request(driver, 'm', 40)).toBe('busy');
    // It gives way for so long and no longer.
    driver.nowMs += 1;
    expect(request(driver, 'v', 41)).not.toBe('busy');
  });

  test('E24: are sent everything twice on one connection, and no more', () => {
    const driver = new SwarmDriver({ held: ALL });
    connectVolunteer(driver, 'v');
    driver.connect('m', []);
    const byteLength = MAX_STREAMS_TO_VOLUNTEER * 4 * 64 * KIB + 64 * KIB + 1;
    for (const peerId of ['v', 'm']) {
      const name = { peerId, piece: 0, block: 0 };
      driver.tell({ type: 'block-sent', ...name, byteLength, bufferedBytes: 0 });
    }
    driver.tick(10_000);
    expect(request(driver, 'v', 1)).toBe('reject');
    expect(request(driver, 'm', 1)).not.toBe('reject');
  });

  test('E9: see everything while the sharer reveals to members one by one', () => {
    const pieceCount = 32;
    const held = [...Array(pieceCount).keys()];
    const driver = new SwarmDriver({ pieceCount, held, role: 'sharer' });
    connectVolunteer(driver, 'v');
    driver.connect('m', []);
    const full = { type: 'bitfield', bitfield: Bitfield.full(pieceCount).toBytes() };
    expect(messagesTo('v', driver.effects)).toContainEqual(full);
    expect(messagesTo('m', driver.effects)).not.toContainEqual(full);
    expect(request(driver, 'v', 31)).toBe('served');
    expect(driver.snapshot.isSuperSeeding).toBe(true);
    for (const piece of held) driver.hear('v', { type: 'have', pieces: [piece] });
    expect(driver.snapshot.isSuperSeeding).toBe(false);
  });
});

describe('E10: a sharer', () => {
  const seeder = [{ peerId: 'full', bitfield: Bitfield.full(4), role: 'volunteer' as const }];

  test('that lacks copies dials seeders too, and looks for them oftener', () => {
    const driver = new SwarmDriver({ held: ALL, role: 'sharer' });
    driver.tell({ type: 'tracker-up', announceIntervalMs: 600_000 });
    const dials = driver.tell({ type: 'peers-found', peers: seeder });
    expect(dials).not.toContainEqual(expect.objectContaining({ type: 'dial' }));
    const effects = driver.tell({ type: 'copy-target', copies: 1 });
    expect(effects).toContainEqual({ type: 'dial', peerId: 'full', role: 'volunteer' });
    expect(effects.map(({ type }) => type)).toContain('announce');
  });
});
