import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bitfield } from './bitfield.ts';

const lengths = fc.integer({ min: 1, max: 300 });

describe('bitfield', () => {
  test('agrees with a set of indices under any adds and removes, and counts them', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -2, max: 320 })));
    fc.assert(
      fc.property(lengths, steps, (length, operations) => {
        const bitfield = new Bitfield(length);
        const model = new Set<number>();
        for (const [isAdd, piece] of operations) {
          const isInside = piece >= 0 && piece < length;
          const expected = isInside && model.has(piece) !== isAdd;
          expect(isAdd ? bitfield.add(piece) : bitfield.remove(piece)).toBe(expected);
          if (isAdd && isInside) model.add(piece);
          if (!isAdd) model.delete(piece);
        }
        expect([...bitfield.pieces()]).toEqual([...model].toSorted((a, b) => a - b));
        expect(bitfield.count).toBe(model.size);
        expect(bitfield.isFull).toBe(model.size === length);
        expect(Bitfield.fromBytes(bitfield.toBytes(), length)?.toBytes()).toEqual(
          bitfield.toBytes(),
        );
        expect(Bitfield.fromBytes(bitfield.toBytes(), length)?.count).toBe(model.size);
      }),
    );
  });

  test('W4: a full one has every piece and no spare bit', () => {
    fc.assert(
      fc.property(lengths, (length) => {
        const full = Bitfield.full(length);
        expect(Bitfield.fromBytes(full.toBytes(), length)?.count).toBe(length);
        expect(full.count).toBe(length);
      }),
    );
  });

  test('counts what another has and this one lacks', () => {
    const pieces = fc.uniqueArray(fc.integer({ min: 0, max: 99 }));
    fc.assert(
      fc.property(pieces, pieces, (mine, theirs) => {
        const expected = theirs.filter((piece) => !mine.includes(piece)).length;
        expect(Bitfield.of(100, mine).countMissingFrom(Bitfield.of(100, theirs))).toBe(expected);
      }),
    );
  });

  test.each([
    ['too short', new Uint8Array(1), 9],
    ['too long', new Uint8Array(3), 9],
    ['a spare bit set', new Uint8Array([0, 0b0100_0000]), 9],
  ])('W4: refuses bytes that are %s', (_, bytes, length) => {
    expect(Bitfield.fromBytes(bytes, length)).toBeUndefined();
  });
});
