import { expect, test } from 'vitest';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { computeClaim, pickWords } from './host-claims.ts';

const HELD = Bitfield.of(10, [1, 2, 3]);
const BITFIELD = { type: 'bitfield', bitfield: HELD.toBytes() } as const;
const HAVE = { type: 'have', pieces: [3] } as const;
const REQUEST = { type: 'request', piece: 4, block: 0 } as const;

test('a free rider asks like everybody else, and claims nothing', () => {
  expect(computeClaim('free-rider', HELD).count).toBe(0);
  expect(pickWords('free-rider', BITFIELD)).toEqual({ ...BITFIELD, bitfield: new Uint8Array(2) });
  expect(pickWords('free-rider', HAVE)).toBeUndefined();
  expect(pickWords('free-rider', REQUEST)).toBe(REQUEST);
});

test('everybody else says what its engine says', () => {
  expect(computeClaim('leecher', HELD)).toBe(HELD);
  for (const message of [BITFIELD, HAVE, REQUEST]) {
    expect(pickWords('leecher', message)).toBe(message);
  }
});
