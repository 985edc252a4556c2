import { expect, test } from 'vitest';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { CardChoices } from './card-choice.ts';
import { FILE_HERE, FILE_WANTED } from './file-choice.ts';

const PIECE_BYTES = 64 * 1024;
const INDEX_BYTES = 10;
/** One in each of two pieces. */
const ENTRIES = [
  { path: 'one', size: PIECE_BYTES - INDEX_BYTES, modifiedMs: 0 },
  { path: 'two', size: PIECE_BYTES, modifiedMs: 0 },
];
const { header } = await createSampleShare({
  streamLength: 2 * PIECE_BYTES,
  indexLength: INDEX_BYTES,
});

/** What a runner tells of its pieces. */
function hold(pieces: readonly number[]) {
  const bitfield = Bitfield.of(header.geometry.pieceCount, pieces);
  return {
    bitfield,
    get heldChanges(): number {
      return bitfield.changes;
    },
    has: (piece: number) => bitfield.has(piece),
  };
}

test('a file that is lost while another one comes is not taken for here, though as many pieces are held', () => {
  const choices = new CardChoices(header);
  const held = hold([0]);
  expect(choices.card(ENTRIES, undefined, held)?.states).toEqual(
    Uint8Array.of(FILE_HERE, FILE_WANTED),
  );
  held.bitfield.remove(0);
  held.bitfield.add(1);
  expect(choices.card(ENTRIES, undefined, held)?.states).toEqual(
    Uint8Array.of(FILE_WANTED, FILE_HERE),
  );
});

test('nor after a pause, in which some was lost and as much was found elsewhere', () => {
  const choices = new CardChoices(header);
  choices.card(ENTRIES, undefined, hold([0]));
  expect(choices.card(ENTRIES, undefined, hold([1]))?.states).toEqual(
    Uint8Array.of(FILE_WANTED, FILE_HERE),
  );
});

test('as long as nothing changes it is the same object', () => {
  const choices = new CardChoices(header);
  const held = hold([0]);
  expect(choices.card(ENTRIES, undefined, held)).toBe(choices.card(ENTRIES, undefined, held));
});
