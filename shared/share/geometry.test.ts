import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  MAX_PIECE_COUNT,
  MAX_PIECE_SIZE,
  MAX_STREAM_LENGTH,
  MIN_PIECE_SIZE,
  SEAL_LENGTH,
  computeGeometry,
  computePieceLength,
  computeSealedLength,
  isPiece,
  isStreamLength,
} from './geometry.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

describe('a stream is cut', () => {
  test.for([
    [1, 64 * KIB, 1],
    [64 * KIB - 1, 64 * KIB, 1],
    [64 * KIB, 64 * KIB, 1],
    [64 * KIB + 1, 64 * KIB, 2],
    [32 * MIB - 1, 64 * KIB, 512],
    [32 * MIB, 64 * KIB, 512],
    [32 * MIB + 1, 128 * KIB, 257],
    [64 * MIB, 128 * KIB, 512],
    [64 * MIB + 1, 256 * KIB, 257],
    [128 * MIB, 256 * KIB, 512],
    [128 * MIB + 1, 512 * KIB, 257],
    [256 * MIB, 512 * KIB, 512],
    [256 * MIB + 1, MIB, 257],
    [512 * MIB, MIB, 512],
    [512 * MIB + 1, 2 * MIB, 257],
    [1024 * MIB, 2 * MIB, 512],
    [1024 * MIB + 1, 4 * MIB, 257],
    [2048 * MIB, 4 * MIB, 512],
    [2048 * MIB + 1, 4 * MIB, 513],
    [MAX_STREAM_LENGTH - 1, 4 * MIB, MAX_PIECE_COUNT],
    [MAX_STREAM_LENGTH, 4 * MIB, MAX_PIECE_COUNT],
  ] as const)('P1: of %i bytes into pieces of %i: %i', ([streamLength, pieceSize, pieceCount]) => {
    expect(computeGeometry(streamLength)).toEqual({ streamLength, pieceSize, pieceCount });
  });

  test.for([0, -1, 0.5, Number.NaN, Infinity, MAX_STREAM_LENGTH + 1, 2 ** 53])(
    'H2: never at a length of %d',
    (length) => {
      expect(isStreamLength(length)).toBe(false);
      expect(() => computeGeometry(length)).toThrow(RangeError);
    },
  );

  test('P2: so that the pieces make the stream again, none empty, none above its size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_STREAM_LENGTH }), (streamLength) => {
        const geometry = computeGeometry(streamLength);
        const { pieceSize, pieceCount } = geometry;
        const last = computePieceLength(geometry, pieceCount - 1);
        expect(last).toBeGreaterThanOrEqual(1);
        expect(last).toBeLessThanOrEqual(pieceSize);
        expect((pieceCount - 1) * pieceSize + last).toBe(streamLength);
        expect(pieceSize).toBeGreaterThanOrEqual(MIN_PIECE_SIZE);
        expect(pieceSize).toBeLessThanOrEqual(MAX_PIECE_SIZE);
        expect(pieceCount).toBeLessThanOrEqual(MAX_PIECE_COUNT);
      }),
    );
  });
});

describe('a piece', () => {
  const geometry = computeGeometry(3 * 64 * KIB + 1);

  test('P2: is full but for the last, and sealing adds the same to each', () => {
    expect([0, 1, 2, 3].map((piece) => computePieceLength(geometry, piece))).toEqual([
      64 * KIB,
      64 * KIB,
      64 * KIB,
      1,
    ]);
    expect(computeSealedLength(geometry, 3)).toBe(1 + SEAL_LENGTH);
    expect(SEAL_LENGTH).toBe(80);
    expect(computePieceLength(computeGeometry(128 * KIB), 1)).toBe(64 * KIB);
  });

  test.for([-1, 4, 1.5, Number.NaN])('P2: with the number %d does not exist', (piece) => {
    expect(isPiece(geometry, piece)).toBe(false);
    expect(() => computePieceLength(geometry, piece)).toThrow(RangeError);
    expect(() => computeSealedLength(geometry, piece)).toThrow(RangeError);
  });
});
