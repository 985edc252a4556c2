import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import type { FileEntry, IndexViolation } from './file-index.ts';
import { decodeIndex, encodeIndex, locateFiles } from './file-index.ts';
import { MAX_FILE_COUNT, MAX_INDEX_LENGTH } from './index-limits.ts';
import { isSharePath } from './share-path.ts';

function violationOf(text: string, filesLength = 1): IndexViolation | 'none' {
  const bytes = utf8(text);
  const index = decodeIndex(bytes, bytes.byteLength + filesLength);
  return index.ok ? 'none' : index.violation;
}

function withFile(file: unknown): string {
  return JSON.stringify({ version: 1, files: [file] });
}

describe('an index', () => {
  test('I1: of any files comes back as it was', () => {
    const segment = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    const path = fc
      .array(segment, { minLength: 1, maxLength: 4 })
      .map((segments) => segments.join('/'))
      .filter(isSharePath);
    const size = fc.integer({ min: 0, max: 2 ** 36 });
    const plain = fc.record({ path, size });
    const timed = fc.record({ path, size, modifiedMs: fc.integer({ min: -1e12, max: 8e15 }) });
    const files = fc.uniqueArray(fc.oneof(plain, timed), {
      minLength: 1,
      maxLength: 20,
      selector: (file) => file.path,
    });
    fc.assert(
      fc.property(files, (files) => {
        const bytes = encodeIndex(files);
        const total = files.reduce((sum, file) => sum + file.size, bytes.byteLength);
        expect(decodeIndex(bytes, total)).toEqual({ ok: true, value: files });
        expect(decodeIndex(bytes, total + 1)).toEqual({ ok: false, violation: 'wrong-total' });
        expect(decodeIndex(bytes, total - 1)).toEqual({ ok: false, violation: 'wrong-total' });
      }),
    );
  });

  test('I5: says where each file lies, empty ones too', () => {
    const files = [3, 0, 5].map((size, i) => ({ path: `${i}`, size }));
    expect(locateFiles(100, files)).toEqual([
      { offset: 100, length: 3 },
      { offset: 103, length: 0 },
      { offset: 103, length: 5 },
    ]);
  });

  test('I2: of 100,000 files is fine, of one more not', () => {
    const files = Array.from({ length: MAX_FILE_COUNT }, (_, i) => ({ path: `${i}`, size: 0 }));
    const bytes = encodeIndex(files);
    const index = decodeIndex(bytes, bytes.byteLength);
    expect(index.ok && index.value.length).toBe(MAX_FILE_COUNT);
    const more = [...files, { path: 'more', size: 0 }];
    expect(() => encodeIndex(more)).toThrow('wrong-fields');
    const text = JSON.stringify({ version: 1, files: more });
    expect(violationOf(text, 0)).toBe('wrong-fields');
  });
});

describe('an index is refused', () => {
  const file = { path: 'a', size: 1 };

  test.for<[string, IndexViolation | 'none', string]>([
    ['never, where nothing is wrong', 'none', withFile(file)],
    ['as empty', 'not-json', ''],
    ['cut off', 'not-json', withFile(file).slice(0, -1)],
    ['with a byte order mark', 'not-json', `\ufeff${withFile(file)}`],
    ['for being null', 'wrong-fields', 'null'],
    ['for being a list', 'wrong-fields', '[]'],
    ['for having no version', 'wrong-fields', JSON.stringify({ files: [file] })],
    ['for version 2', 'wrong-fields', JSON.stringify({ version: 2, files: [file] })],
    ['for no files', 'wrong-fields', JSON.stringify({ version: 1, files: [] })],
    ['for files that are no list', 'wrong-fields', JSON.stringify({ version: 1, files: {} })],
    ['for a field more', 'wrong-fields', JSON.stringify({ version: 1, files: [file], more: 1 })],
    ['for a file that is null', 'wrong-fields', withFile(null)],
    ['for a field more in a file', 'wrong-fields', withFile({ ...file, type: 'text/html' })],
    ['for no path', 'wrong-fields', withFile({ size: 1 })],
    ['for no size', 'wrong-fields', withFile({ path: 'a' })],
    ['for a size in words', 'wrong-fields', withFile({ path: 'a', size: '1' })],
    ['for a size below 0', 'wrong-fields', withFile({ path: 'a', size: -1 })],
    ['for half a byte', 'wrong-fields', withFile({ path: 'a', size: 0.5 })],
    ['for 2^53 bytes', 'wrong-fields', withFile({ path: 'a', size: 2 ** 53 })],
    ['for 1e308 bytes', 'wrong-fields', withFile({ path: 'a', size: 1e308 })],
    ['for a time of null', 'wrong-fields', withFile({ ...file, modifiedMs: null })],
    ['for a time that no date can be', 'wrong-fields', withFile({ ...file, modifiedMs: 9e15 })],
    ['for another total', 'wrong-total', withFile({ path: 'a', size: 2 })],
    [
      'for the same path twice',
      'repeated-path',
      JSON.stringify({ version: 1, files: [file, { path: 'a', size: 0 }] }),
    ],
    [
      'for sizes that would overflow',
      'wrong-total',
      JSON.stringify({ version: 1, files: [file, { path: 'b', size: 2 ** 53 - 1 }] }),
    ],
  ])('I4: %s: %s', ([, violation, text]) => {
    expect(violationOf(text)).toBe(violation);
  });

  test.for([
    '',
    '/',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    'a/../b',
    '../a',
    'a/.',
    'a\0',
    'a\\b',
    '..\\a',
    'x'.repeat(1025),
  ])('I3: for the path %j', (path) => {
    expect(violationOf(withFile({ path, size: 1 }))).toBe('wrong-fields');
    expect(() => encodeIndex([{ path, size: 1 }])).toThrow('wrong-fields');
  });

  test.for(['a', '...', '.a', 'a/b', 'a b/..c', 'x'.repeat(1024)])(
    'I3: not for the path %j',
    (path) => {
      expect(violationOf(withFile({ path, size: 1 }))).toBe('none');
    },
  );

  test('I4: for keys that reach for the prototype, which they do not', () => {
    const text = '{"version":1,"files":[{"path":"a","size":1,"__proto__":{"polluted":1}}]}';
    const bytes = utf8(text);
    const index = decodeIndex(bytes, bytes.byteLength + 1);
    const files: readonly FileEntry[] = index.ok ? index.value : [];
    expect(files.some((file) => 'polluted' in file)).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  test('I4: for bytes that are not UTF-8', () => {
    const bytes = utf8(withFile({ path: 'ab', size: 1 }));
    bytes[bytes.indexOf(97)] = 0xff;
    expect(decodeIndex(bytes, bytes.byteLength + 1)).toEqual({ ok: false, violation: 'not-utf-8' });
  });

  test('I2: for more than 4 MiB, before it is read', () => {
    const bytes = new Uint8Array(MAX_INDEX_LENGTH + 1);
    expect(decodeIndex(bytes, 1)).toEqual({ ok: false, violation: 'too-long' });
    const files = Array.from({ length: 5000 }, (_, i) => ({
      path: `${i}${'x'.repeat(900)}`,
      size: 0,
    }));
    expect(() => encodeIndex(files)).toThrow('too-long');
  });

  test('I4: for nesting and for lists as deep and long as 4 MiB allow', () => {
    expect(violationOf('['.repeat(MAX_INDEX_LENGTH))).toBe('not-json');
    const zeros = '0,'.repeat(MAX_INDEX_LENGTH / 2 - 20);
    expect(violationOf(`{"version":1,"files":[${zeros}0]}`)).toBe('wrong-fields');
    const half = MAX_INDEX_LENGTH / 2 - 20;
    const deep = `{"version":1,"files":${'['.repeat(half)}${']'.repeat(half)}}`;
    expect(['wrong-fields', 'not-json']).toContain(violationOf(deep));
  });

  test('I4: whatever its bytes, without a throw', () => {
    const text = fc.oneof(fc.json(), fc.string());
    fc.assert(
      fc.property(text, (text) => {
        expect(violationOf(text)).not.toBe('none');
      }),
    );
    const raw = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(raw, (bytes) => {
        expect(decodeIndex(Uint8Array.from(bytes), 100).ok).toBe(false);
      }),
    );
  });
});
