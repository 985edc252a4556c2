import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equalBytes } from '../share/bytes.ts';
import { computeGeometry } from '../share/geometry.ts';
import { patternBytes } from '../share/sample-share.test-helper.ts';
import { computeBlockLayout, computeBlockLength, computeBlockStart } from '../wire/blocks.ts';
import { PieceAssembly } from './piece-assembly.ts';

const GEOMETRY = computeGeometry(200_000);

test('blocks in any order, of several pieces and senders, give each piece as it was', () => {
  const places = ['ann', 'ben'].flatMap((peerId) => {
    return Array.from({ length: GEOMETRY.pieceCount }, (_, piece) => {
      const layout = computeBlockLayout(GEOMETRY, piece);
      return Array.from({ length: layout.blockCount }, (_, block) => ({ peerId, piece, block }));
    }).flat();
  });
  fc.assert(
    fc.property(fc.shuffledSubarray(places, { minLength: places.length }), (shuffled) => {
      const assembly = new PieceAssembly(GEOMETRY);
      for (const { peerId, piece, block } of shuffled) {
        assembly.take({ peerId, piece, block }, cutBlock(peerId, piece, block));
      }
      for (const { peerId, piece, block } of places) {
        if (block > 0) continue;
        const whole = assembly.finish(peerId, piece);
        expect(equalBytes(whole ?? new Uint8Array(), makePiece(peerId, piece))).toBe(true);
        expect(assembly.finish(peerId, piece)).toBeUndefined();
      }
    }),
    { numRuns: 20 },
  );
});

test('what was abandoned is forgotten, for that sender alone', () => {
  const assembly = new PieceAssembly(GEOMETRY);
  assembly.take({ peerId: 'ann', piece: 1, block: 0 }, cutBlock('ann', 1, 0));
  assembly.take({ peerId: 'ben', piece: 1, block: 0 }, cutBlock('ben', 1, 0));
  assembly.abandon('ann', 1);
  expect(assembly.finish('ann', 1)).toBeUndefined();
  expect(assembly.finish('ben', 1)).toBeDefined();
});

function makePiece(peerId: string, piece: number): Uint8Array {
  const { sealedLength } = computeBlockLayout(GEOMETRY, piece);
  return patternBytes(sealedLength, piece + (peerId === 'ann' ? 0 : 50));
}

function cutBlock(peerId: string, piece: number, block: number): Uint8Array {
  const layout = computeBlockLayout(GEOMETRY, piece);
  const start = computeBlockStart(layout, block);
  return makePiece(peerId, piece).subarray(start, start + computeBlockLength(layout, block));
}
