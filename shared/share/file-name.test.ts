import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import {
  MAX_PATH_LENGTH,
  cleanFileName,
  cleanPath,
  isDangerousName,
  shortenName,
  splitExtension,
} from './file-name.ts';
import { isSharePath } from './share-path.ts';

/** Names made of what a harmful one is made of. */
const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom('.', ' ', '/', '\\', ':', '\0', '\n', '<', 'con', 'NUL', 'com1', 'a', '~'),
    fc.constantFrom('\u202e', '\u200b', '\u2066', '\ufeff', '\u00a0', '\u3164', '\u034f'),
    fc.constantFrom('e\u0301', '\u0338', '\u0323', '\u1100', '\u1161', '\ud83d', '\udc00', '😀'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 80,
});
const long = fc
  .tuple(nasty, fc.constantFrom('x', 'ä', '€', '😀', '. '), fc.nat(210), nasty)
  .map(([before, unit, count, after]) => before + unit.repeat(count) + after);
const anyName = fc.oneof(nasty, long, fc.string({ unit: 'binary' }));

describe('a name is cleaned', () => {
  test.for([
    ['of nothing, where it is plain', 'Report 2026 (final).pdf', 'Report 2026 (final).pdf'],
    ['of nothing, in any script', 'تقرير-отчёт-報告😀.txt', 'تقرير-отчёт-報告😀.txt'],
    ['into composed letters', 'Cafe\u0301.txt', 'Caf\u00e9.txt'],
    ['of controls', 'a\0b\nc\u007fd\u0085e.txt', 'abcde.txt'],
    ['of line separators', 'a\u2028b\u2029c', 'abc'],
    ['of a turned writing direction', 'a\u202egpj.exe', 'agpj.exe'],
    ['of every other bidi control', '\u200e\u200f\u202a\u2069\u061ca', 'a'],
    ['of zero width', 'a\u200b\u200d\ufeff\u2060b', 'ab'],
    ['of blanks without a look', 'a\u2800\u3164\u034f\u17b4b', 'ab'],
    ['of halves of characters', 'a\ud800b\udc00', 'ab'],
    ['of separators and wildcards', 'a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
    ['of markup', '<img src=x onerror=alert(1)>', '_img src=x onerror=alert(1)_'],
    ['of a way up', '../../x', '_.._x'],
    ['of leading dots', '...hidden', 'hidden'],
    ['of trailing dots and blanks', 'a.txt . . ', 'a.txt'],
    ['of a gap that hides the extension', 'a.pdf         .exe', 'a.pdf .exe'],
    ['of a device', 'CON', '_CON'],
    ['of a device with an extension', 'nul.tar.gz', '_nul.tar.gz'],
    ['of a device with a raised digit', 'com¹.txt', '_com¹.txt'],
    ['but not of what only begins like one', 'console.log', 'console.log'],
    ['into a name where none is left', '', 'download.bin'],
    ['into a name where only dots are', '..', 'download.bin'],
    ['into a name where nothing shows', '\u200b \u202e.', 'download.bin'],
  ] as const)('V1: %s', ([, name, cleaned]) => {
    expect(cleanFileName(name)).toBe(cleaned);
  });

  test('V1: down to 200 bytes, keeping its extension', () => {
    expect(cleanFileName(`${'x'.repeat(300)}.tar.gz`)).toBe(`${'x'.repeat(197)}.gz`);
    expect(cleanFileName(`${'€'.repeat(100)}.pdf`)).toBe(`${'€'.repeat(65)}.pdf`);
    expect(cleanFileName(`${'x'.repeat(199)} ${'y'.repeat(50)}`)).toBe('x'.repeat(199));
    expect(cleanFileName(`a.${'x'.repeat(300)}`)).toBe(`a.${'x'.repeat(198)}`);
  });

  test('V1: once and for all: cleaning again changes nothing', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const cleaned = cleanFileName(name);
        expect(cleanFileName(cleaned)).toBe(cleaned);
      }),
      { numRuns: 2000 },
    );
  });

  test('case U1; V1: so that it is safe on every system', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const cleaned = cleanFileName(name);
        expect(cleaned).not.toBe('');
        expect(utf8(cleaned).byteLength).toBeLessThanOrEqual(200);
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}/\\:*?"<>|]/u);
        expect(cleaned).not.toMatch(/^[. ]|[. ]$/);
        expect(cleaned).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
        expect(cleaned).toBe(cleaned.normalize('NFC'));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a path is cleaned', () => {
  test.for([
    ['photos/2026/a.jpg', 'photos/2026/a.jpg'],
    ['/etc/passwd', 'etc/passwd'],
    ['../../a', 'a'],
    ['a/./b/../c', 'a/b/c'],
    ['a//b', 'a/b'],
    ['C:\\Windows\\a.exe', 'C__Windows_a.exe'],
    ['con/aux.txt', '_con/_aux.txt'],
    ['a/...', 'a/download.bin'],
    ['', 'download.bin'],
  ] as const)('V2: from %j to %j', ([path, cleaned]) => {
    expect(cleanPath(path)).toBe(cleaned);
  });

  test('case U1; V2: so that it stays below where it starts, once and for all', () => {
    const path = fc.array(anyName, { maxLength: 12 }).map((names) => names.join('/'));
    fc.assert(
      fc.property(path, (path) => {
        const cleaned = cleanPath(path);
        expect(isSharePath(cleaned)).toBe(true);
        expect(cleanPath(cleaned)).toBe(cleaned);
        expect(cleaned.split('/').map(cleanFileName).join('/')).toBe(cleaned);
      }),
    );
  });

  test('V2: down to 1,024 characters, keeping the end', () => {
    const path = `${'deep/'.repeat(500)}a.txt`;
    const cleaned = cleanPath(path);
    expect(cleaned.length).toBeLessThanOrEqual(MAX_PATH_LENGTH);
    expect(cleaned.length).toBeGreaterThan(MAX_PATH_LENGTH - 5);
    expect(cleaned.endsWith('/deep/a.txt')).toBe(true);
  });
});

describe('an extension', () => {
  test.for([
    ['a.txt', 'a', '.txt'],
    ['a.tar.gz', 'a.tar', '.gz'],
    ['agpj.exe', 'agpj', '.exe'],
    ['a', 'a', ''],
    ['.profile', '.profile', ''],
    ['a.', 'a', '.'],
  ] as const)('of %j is shown apart', ([name, stem, extension]) => {
    expect(splitExtension(name)).toEqual({ stem, extension });
  });

  test('I7: survives shortening, to the byte', () => {
    expect(shortenName('abcdef.txt', 10)).toBe('abcdef.txt');
    expect(shortenName('abcdefg.txt', 10)).toBe('abcdef.txt');
    expect(shortenName('äää.txt', 9)).toBe('ää.txt');
  });

  test.for(['a.exe', 'a.EXE', 'a.pdf.scr', 'x.svg', 'a.html', 'a.exe. .', 'a.\u200bexe', 'a.lnk'])(
    'V8: of %j is worth a warning',
    (name) => {
      expect(isDangerousName(name)).toBe(true);
    },
  );

  test.for(['a.txt', 'exe', '.exe', 'a.jpg', 'a.exe.pdf', 'a.zip', ''])(
    'V8: of %j is not',
    (name) => {
      expect(isDangerousName(name)).toBe(false);
    },
  );
});
