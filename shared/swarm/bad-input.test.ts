import { describe, expect, test } from 'vitest';
import { Bitfield } from '../wire/bitfield.ts';
import { MAX_EXCESS_REQUESTS, MAX_QUEUED_REQUESTS } from './limits.ts';
import { SwarmDriver, disconnectsIn, messagesTo } from './swarm-driver.test-helper.ts';

const PIECE_COUNT = 12;
const EVERYTHING = [...Array(PIECE_COUNT).keys()];

describe('bad input is answered, never thrown', () => {
  test.each([
    ['too short', new Uint8Array(1)],
    ['too long', new Uint8Array(3)],
    ['empty', new Uint8Array(0)],
    ['a spare bit set', Uint8Array.of(0, 1)],
    ['10 MB long', new Uint8Array(10_000_000)],
  ])('case P16; W4, E5: a bitfield that is wrong (%s) disconnects its sender', (_, bitfield) => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.connect('a', []);
    const effects = driver.hear('a', { type: 'bitfield', bitfield });
    expect(disconnectsIn(effects)).toEqual(['a bad-bitfield']);
    expect(driver.peerIds).toEqual([]);
  });

  test('W5, E5: the fifth bitfield of one connection disconnects', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    const bitfield = new Bitfield(PIECE_COUNT).toBytes();
    driver.connect('a', []);
    for (let i = 2; i <= 4; i += 1) {
      expect(disconnectsIn(driver.hear('a', { type: 'bitfield', bitfield }))).toEqual([]);
    }
    const effects = driver.hear('a', { type: 'bitfield', bitfield });
    expect(disconnectsIn(effects)).toEqual(['a bad-bitfield']);
  });

  test('W5: a later bitfield adds to what was claimed and takes nothing back', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.connect('a', [1, 2]);
    const bitfield = Bitfield.of(PIECE_COUNT, [2, 3]).toBytes();
    driver.hear('a', { type: 'bitfield', bitfield });
    expect(driver.snapshot.peers[0]?.heldPieces).toBe(3);
  });

  test.each([PIECE_COUNT, 2 ** 32 - 1])(
    'case P17, P18; W7, E5: a have or request of piece %i disconnects',
    (piece) => {
      for (const message of [
        { type: 'have' as const, pieces: [piece] },
        { type: 'request' as const, piece, block: 0 },
      ]) {
        const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held: EVERYTHING });
        driver.connect('a', []);
        expect(disconnectsIn(driver.hear('a', message))).toEqual(['a bad-index']);
      }
    },
  );

  test('case P17; W5: a hundred thousand haves of one piece change nothing, and nothing piles up', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.connect('a', []);
    for (let i = 0; i < 100_000; i += 1) driver.hear('a', { type: 'have', pieces: [2] });
    expect(driver.requestsTo('a')).toEqual(['2/0', '2/1']);
    expect(driver.effects.length).toBeLessThan(20);
    expect(driver.snapshot.peers.map(({ heldPieces }) => heldPieces)).toEqual([1]);
  });

  test('W7, E4: a cancel, reject or busy of what does not exist is nothing', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.connect('a', EVERYTHING);
    const name = { piece: PIECE_COUNT, block: 9 };
    for (const type of ['cancel', 'reject'] as const) {
      expect(driver.hear('a', { type, ...name })).toEqual([]);
    }
    driver.hear('a', { type: 'busy', ...name, retryAfterMs: 500 });
    expect(driver.peerIds).toEqual(['a']);
  });

  test('case P18; W7, E5: a request of a block beyond the piece disconnects', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held: EVERYTHING });
    driver.connect('a', []);
    const effects = driver.hear('a', { type: 'request', piece: 0, block: 2 });
    expect(disconnectsIn(effects)).toEqual(['a bad-index']);
  });

  test('W7, E5: a block beyond the share or beyond its piece disconnects', () => {
    for (const [piece, block] of [
      [PIECE_COUNT, 0],
      [0, 2],
    ] as const) {
      const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
      driver.connect('a', EVERYTHING);
      const byteLength = 1_000;
      const effects = driver.tell({ type: 'block', peerId: 'a', piece, block, byteLength });
      expect(disconnectsIn(effects)).toEqual(['a bad-index']);
    }
  });

  test('case P18; W6, E8: a request of a piece that we lack is rejected', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held: [1] });
    driver.connect('a', []);
    const effects = driver.hear('a', { type: 'request', piece: 0, block: 1 });
    expect(messagesTo('a', effects)).toEqual([{ type: 'reject', piece: 0, block: 1 }]);
  });

  test('what nobody knows about is ignored', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held: [0] });
    const name = { peerId: 'ghost', piece: 0, block: 0 };
    for (const event of [
      { type: 'block' as const, ...name, byteLength: 10 },
      { type: 'block-sent' as const, ...name, byteLength: 10, bufferedBytes: 10 },
      { type: 'block-unsent' as const, ...name },
      { type: 'drained' as const, peerId: 'ghost', bufferedBytes: 0 },
      { type: 'peer-disconnected' as const, peerId: 'ghost' },
    ]) {
      expect(driver.tell(event).filter(({ type }) => type !== 'wake')).toEqual([]);
    }
    expect(driver.snapshot.sendPendingBytes).toBe(0);
  });
});

/** Sends requests that are never taken off the queue until the peer is dropped. */
function flood(driver: SwarmDriver, pieces: number, blocks: number): number {
  let rejected = 0;
  for (let piece = 0; piece < pieces; piece += 1) {
    for (let block = 0; block < blocks; block += 1) {
      const effects = driver.hear('a', { type: 'request', piece, block });
      rejected += messagesTo('a', effects).filter(({ type }) => type === 'reject').length;
      if (disconnectsIn(effects).length > 0) {
        expect(disconnectsIn(effects)).toEqual(['a request-flood']);
        return rejected;
      }
    }
  }
  return -rejected;
}

describe('request floods', () => {
  test('case P18; E8: requests past the limit are rejected, and the peer is dropped when it goes on', () => {
    const held = [...Array(2_000).keys()];
    const driver = new SwarmDriver({ pieceCount: 2_000, held });
    driver.connect('a', []);
    expect(flood(driver, 2_000, 2)).toBe(MAX_EXCESS_REQUESTS);
  });

  test('case P18; E8: asking for ever for what we lack is a flood as well', () => {
    const driver = new SwarmDriver({ pieceCount: 2_000 });
    driver.connect('a', []);
    expect(flood(driver, 2_000, 2)).toBe(MAX_EXCESS_REQUESTS);
  });

  test('E8: as many requests as the largest window holds are none', () => {
    const held = [...Array(2_000).keys()];
    const driver = new SwarmDriver({ pieceCount: 2_000, held });
    driver.connect('a', []);
    expect(flood(driver, MAX_QUEUED_REQUESTS / 2, 2)).toBe(-0);
  });
});

function refuse(driver: SwarmDriver, peerId: string): readonly string[] {
  return disconnectsIn(driver.tell({ type: 'piece-refused', peerId, piece: 0 }));
}

describe('refused pieces', () => {
  test('E3, A6: one refused piece drops its sender and bans its browser, also under a new peer ID', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('liar', [0], 'browser');
    driver.connect('honest', [0]);
    driver.piece('liar', 0);
    expect(refuse(driver, 'liar')).toEqual(['liar bad-piece']);
    expect(driver.requestsTo('honest')).toEqual(['0/0', '0/1']);
    const effects = driver.tell({
      type: 'peer-connected',
      peerId: 'newcomer',
      identity: 'browser',
      role: 'member',
    });
    expect(disconnectsIn(effects)).toEqual(['newcomer banned']);
    expect(driver.peerIds).toEqual(['honest']);
  });

  test('E3: a sender that left before the verdict is banned all the same', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('liar', [0], 'browser');
    driver.piece('liar', 0);
    driver.tell({ type: 'peer-disconnected', peerId: 'liar' });
    expect(refuse(driver, 'liar')).toEqual([]);
    const effects = driver.tell({
      type: 'peer-connected',
      peerId: 'liar',
      identity: 'browser',
      role: 'member',
    });
    expect(disconnectsIn(effects)).toEqual(['liar banned']);
  });

  test('E3, A6: a sender that came back under a new peer ID before the verdict is dropped', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('liar', [0], 'browser');
    driver.piece('liar', 0);
    driver.tell({ type: 'peer-disconnected', peerId: 'liar' });
    driver.connect('liar-again', [0], 'browser');
    expect(refuse(driver, 'liar')).toEqual(['liar-again bad-piece']);
  });

  test('E3: the other peer that sent the same piece is not blamed', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('slow', [0]);
    driver.block('slow', 0, 0);
    driver.connect('liar', [0]);
    driver.tick(11_000);
    driver.piece('liar', 0);
    driver.block('slow', 0, 1);
    expect(refuse(driver, 'liar')).toEqual(['liar bad-piece']);
    driver.tell({ type: 'piece-verified', peerId: 'slow', piece: 0 });
    expect(driver.peerIds).toEqual(['slow']);
    expect(driver.held.isFull).toBe(true);
  });
});

describe('one browser, one connection', () => {
  test('E10: a browser found again under another peer ID keeps the connection that was just heard of', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('old', [0], 'browser');
    driver.connect('new', [0], 'browser');
    expect(driver.peerIds).toEqual(['old']);
    expect(driver.requestsTo('old')).toEqual(['0/0', '0/1']);
  });

  test('E10: a browser that connects anew replaces a connection that has long been silent', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('old', [0], 'browser');
    driver.nowMs = 10_000;
    driver.connect('new', [0], 'browser');
    expect(driver.peerIds).toEqual(['new']);
    expect(driver.requestsTo('new')).toEqual(['0/0', '0/1']);
  });

  test('E10: a connection under a peer ID that is connected already replaces it', () => {
    const driver = new SwarmDriver({ pieceCount: 2, held: [1] });
    driver.connect('a', [0], 'browser');
    driver.hear('a', { type: 'request', piece: 1, block: 0 });
    driver.connect('a', [0], 'another');
    expect(driver.peerIds).toEqual(['a']);
    expect(driver.snapshot.sendPendingBytes).toBe(0);
    expect(driver.snapshot.assemblyBytes).toBe(65_616);
    // What the former connection was still being sent is not counted against the new one.
    driver.tell({
      type: 'block-sent',
      peerId: 'a',
      piece: 1,
      block: 0,
      byteLength: 32_808,
      bufferedBytes: 0,
    });
    expect(driver.snapshot.sendPendingBytes).toBe(0);
  });
});
