import { describe, expect, test } from 'vitest';
import { createCard } from './card.test-helper.ts';
import { computeSaveName, computeShareName, makePathsUnique } from './share-name.ts';

describe('computeShareName', () => {
  test.each([
    [['a.txt'], 'a.txt'],
    [['photos/a.jpg', 'photos/trip/b.jpg'], 'photos'],
    [['photos/a.jpg'], 'photos'],
    [['photos/a.jpg', 'other/b.jpg'], 'a.jpg + 1'],
    [['a.txt', 'b.txt', 'c.txt'], 'a.txt + 2'],
  ])('%j is called %s', (paths, name) => {
    expect(computeShareName(paths)).toBe(name);
  });
});

describe('what is saved is called', () => {
  const trip = { name: 'trip', fileCount: 2 };
  const files = ['trip/a.jpg', 'trip/b.jpg'].map((path) => ({ path, size: 1 }));
  const choice = { states: new Uint8Array(2), isPart: true, wanted: [1], wantedCount: 1 };

  test.each([
    ['as the share, where that is one file', {}, 'notes.txt'],
    ['as the file, where its path is known', { files: [{ path: 'a/b.txt', size: 1 }] }, 'b.txt'],
    ['as the share, as a zip of several files', { ...trip, files }, 'trip.zip'],
    ['so before the list is known, too', trip, 'trip.zip'],
    ['as the only file that is wanted', { ...trip, files, choice }, 'b.jpg'],
    ['nothing that is refused as a name', { name: '../a:b' }, 'a_b'],
  ])('V1, V9: %s', (_, change, name) => {
    expect(computeSaveName(createCard('complete', {}, change))).toBe(name);
  });
});

describe('makePathsUnique', () => {
  test('V2: numbers what would overwrite another on any file system, and leaves the rest alone', () => {
    expect(
      makePathsUnique(['a.txt', 'A.txt', 'd/a.txt', 'a.txt', 'a (2).txt', '.rc', '.rc']),
    ).toEqual(['a.txt', 'A (2).txt', 'd/a.txt', 'a (3).txt', 'a (2) (2).txt', '.rc', '.rc (2)']);
  });

  test('V2: takes no longer for 20,000 files of one name than for 20,000 names', () => {
    const names = Array.from({ length: 20_000 }, (_, i) => {
      const letters = Array.from(i.toString(2).padStart(15, '0'));
      return letters.map((bit) => (bit === '1' ? 'A' : 'a')).join('');
    });
    const startedAtMs = performance.now();
    const unique = makePathsUnique(names);
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
    expect(new Set(unique.map((path) => path.toLowerCase())).size).toBe(20_000);
    expect(unique.at(-1)).toBe(`${names.at(-1)} (20000)`);
  });
});
