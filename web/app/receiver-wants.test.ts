import { describe, expect, test } from 'vitest';
import type { Header } from '../../shared/share/header.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { CardChoices } from './card-choice.ts';
import { ReceiverWants } from './receiver-wants.ts';
import { computeIndexPart, computeWantedPart } from './wanted-part.ts';

const KIB = 1024;
/** The list is in piece 0, with the first bytes of the first file. */
const FILES = [100 * KIB, 10, 0, 200 * KIB].map((size, i) => ({ path: `${i}`, size }));

async function createHeader(): Promise<Header> {
  const { header } = await createSampleShare({ streamLength: 400 * KIB });
  return { ...header, indexLength: 1_000 };
}

describe('what a receiver wants', () => {
  test('the list alone, and files with the pieces that they share with their neighbours', async () => {
    const header = await createHeader();
    expect(computeIndexPart(header)).toEqual({ files: [], ranges: [[0, 0]], bytes: 0 });
    const one = computeWantedPart(header, FILES, [1]);
    expect(one).toEqual({ files: [1], ranges: [[0, 1]], bytes: 10 });
    const far = computeWantedPart(header, FILES, [2, 3]);
    expect(far).toEqual({ files: [2, 3], ranges: [[0, 4]], bytes: 200 * KIB });
    expect(computeWantedPart(header, FILES, [0, 1, 2, 3])).toBeUndefined();
  });

  test('of more files only the new ones are saved by themselves', async () => {
    const wants = new ReceiverWants(await createHeader(), undefined, false);
    wants.change(FILES, [1]);
    expect(wants.due).toEqual([1]);
    expect(wants.recordSaved([1])).toBe(true);
    expect(wants.due).toBeUndefined();
    wants.change(FILES, [1, 3]);
    expect(wants.due).toEqual([3]);
    // That was not saved either when the choice changed again.
    wants.change(FILES, 'all');
    expect(wants.due).toEqual([0, 2, 3]);
    expect(wants.recordSaved([0, 2])).toBe(false);
    expect(wants.recordSaved([3])).toBe(true);
  });

  test('what was saved is not saved again, whatever was chosen in between', async () => {
    const wants = new ReceiverWants(await createHeader(), undefined, false);
    wants.change(FILES, [0]);
    wants.recordSaved([0]);
    wants.change(FILES, [0, 1]);
    expect([wants.isSaved, wants.due]).toEqual([false, [1]]);
    wants.change(FILES, [0]);
    expect([wants.isSaved, wants.due]).toEqual([true, undefined]);
    wants.change(FILES, [2, 0]);
    expect(wants.due).toEqual([2]);
  });

  test('fewer files than were saved need no saving', async () => {
    const wants = new ReceiverWants(await createHeader(), undefined, true);
    wants.change(FILES, [0]);
    expect([wants.isSaved, wants.due]).toEqual([true, undefined]);
    expect(wants.all).toEqual([0]);
  });

  test('who is still to choose has nothing to save', async () => {
    const header = await createHeader();
    const wants = new ReceiverWants(header, computeIndexPart(header), false);
    expect([wants.isChoosing, wants.due]).toEqual([true, undefined]);
  });
});

test('a file can be saved when its pieces are here, whether it was chosen or not', async () => {
  const header = await createHeader();
  const choices = new CardChoices(header);
  const held = new Set([0]);
  const look = () =>
    choices.card(FILES, computeWantedPart(header, FILES, [3]), {
      heldChanges: held.size,
      has: (piece) => held.has(piece),
    });
  expect([...(look()?.states ?? [])]).toEqual([0, 0, 2, 1]);
  held.add(1);
  expect([...(look()?.states ?? [])]).toEqual([2, 2, 2, 1]);
  expect(look()).toMatchObject({ isPart: true, wantedCount: 1 });
  expect(
    choices.card(FILES.slice(1, 2), undefined, { heldChanges: 0, has: () => true }),
  ).toBeUndefined();
});
