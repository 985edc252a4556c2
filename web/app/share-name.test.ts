import { describe, expect, test } from 'vitest';
import { computeShareName, makePathsUnique } from './share-name.ts';

describe('computeShareName', () => {
  test.each([
    [['a.txt'], 'a.txt'],
    [['photos/a.jpg', 'photos/trip/b.jpg'], 'photos'],
    [['photos/a.jpg'], 'photos'],
    [['photos/a.jpg', 'other/b.jpg'], 'a.jpg and 1 more'],
    [['a.txt', 'b.txt', 'c.txt'], 'a.txt and 2 more'],
  ])('%j is called %s', (paths, name) => {
    expect(computeShareName(paths)).toBe(name);
  });
});

describe('makePathsUnique', () => {
  test('V2: numbers what would overwrite another on any file system, and leaves the rest alone', () => {
    expect(
      makePathsUnique(['a.txt', 'A.txt', 'd/a.txt', 'a.txt', 'a (2).txt', '.rc', '.rc']),
    ).toEqual(['a.txt', 'A (2).txt', 'd/a.txt', 'a (3).txt', 'a (2) (2).txt', '.rc', '.rc (2)']);
  });
});
