import { expect, test } from 'vitest';
import { computeFileRows, keyOfRow, sumBytes } from './file-rows.ts';

const files = ['a/1', 'b/2', 'a/3', 'top'].map((path, i) => ({ path, size: 10 ** i }));

test('files of one folder stand together below its name, which counts them', () => {
  expect(computeFileRows(files)).toEqual([
    { kind: 'folder', path: 'a', files: [0, 2], bytes: 101 },
    { kind: 'file', file: 0, name: '1' },
    { kind: 'file', file: 2, name: '3' },
    { kind: 'folder', path: 'b', files: [1], bytes: 10 },
    { kind: 'file', file: 1, name: '2' },
    { kind: 'file', file: 3, name: 'top' },
  ]);
  expect(sumBytes(files, [0, 3])).toBe(1001);
});

test('where all lie in one folder there is no heading, and the paths stand as they are', () => {
  expect(computeFileRows([{ path: 'a/1', size: 1 }])).toEqual([
    { kind: 'file', file: 0, name: 'a/1' },
  ]);
});

test('lines whose names are alike are told apart', () => {
  const alike = ['a/x', 'a/x', '0', 'b/x', '0/x'].map((path) => ({ path, size: 1 }));
  const rows = computeFileRows(alike);
  expect(new Set(rows.map(keyOfRow)).size).toBe(rows.length);
});
