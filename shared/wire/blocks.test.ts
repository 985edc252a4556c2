import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeGeometry, computeSealedLength, MAX_STREAM_LENGTH } from '../share/geometry.ts';
import {
  BLOCK_PREFIX_LENGTH,
  computeBlockLayout,
  computeBlockLength,
  computeBlockStart,
  MAX_FRAME_LENGTH,
} from './blocks.ts';

test('W3: blocks cover a sealed piece exactly, in order, and each fits one frame', () => {
  const lengths = fc.oneof(
    fc.integer({ min: 1, max: 300_000 }),
    fc.integer({ min: 1, max: MAX_STREAM_LENGTH }),
  );
  fc.assert(
    fc.property(lengths, fc.nat(), (streamLength, n) => {
      const geometry = computeGeometry(streamLength);
      for (const piece of [n % geometry.pieceCount, geometry.pieceCount - 1]) {
        const layout = computeBlockLayout(geometry, piece);
        let end = 0;
        for (let block = 0; block < layout.blockCount; block += 1) {
          expect(computeBlockStart(layout, block)).toBe(end);
          const length = computeBlockLength(layout, block);
          expect(length).toBeGreaterThan(0);
          expect(length + BLOCK_PREFIX_LENGTH).toBeLessThanOrEqual(MAX_FRAME_LENGTH);
          end += length;
        }
        expect(end).toBe(computeSealedLength(geometry, piece));
      }
    }),
  );
});
