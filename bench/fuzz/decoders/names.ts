import type { Decoder } from '../decoder.ts';
import { utf8 } from '../../../shared/share/bytes.ts';
import {
  cleanFileName,
  cleanPath,
  isDangerousName,
  splitExtension,
} from '../../../shared/share/file-name.ts';
import { makePathsUnique } from '../../../web/app/share-name.ts';
import { accepted, mustHold } from '../decoder.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { readCodeUnits, writeCodeUnits } from '../read-text.ts';

const NAMES = [
  'Report 2026 (final).pdf',
  'تقرير-отчёт-報告😀.txt',
  'Cafe\u0301.tar.gz',
  'CON',
  'nul.txt',
  'com¹ .x',
  '...hidden. .',
  `${'€'.repeat(80)}.${'x'.repeat(31)}`,
  'a\u202egpj.exe',
  '<img src=x onerror=alert(1)>',
];
const PATHS = [
  'photos/2026/a.jpg',
  '../../etc/passwd',
  'C:\\Windows\\a.exe',
  'con/aux.txt',
  'd/'.repeat(520),
];
const PARTS = [
  '.',
  ' ',
  '/',
  '\\',
  ':',
  '..',
  '\0',
  '\n',
  'con',
  'LPT9',
  'conin$',
  '\u202e',
  '\u200d',
  '\u2066',
  '\ufeff',
  '\u3164',
  '\u034f',
  '\u0301',
  '\u0338',
  '\u037e',
  '\u1fef',
  '\u2000',
  '\u212a',
  '\ud83d',
  '\udc00',
  '\ufe0f',
  '\u{e0041}',
  '\u1100\u1161',
  '.exe',
  'x'.repeat(190),
].map(writeCodeUnits);
const DEVICE = /^(?:aux|con|conin\$|conout\$|nul|prn|com\d|lpt\d|com[¹²³]|lpt[¹²³])\s*(?:\.|$)/i;
/** What file systems take for one name. */
const MAX_STORED_NAME_BYTES = 255;

const mutate: Decoder['mutate'] = (input, other, random) =>
  mutateBytes(input, other, random, PARTS);

/** Names and paths are cleaned, never refused. Texts are code units of two bytes, so that halves of characters occur. */
export const NAME_DECODERS: readonly Decoder[] = [
  {
    name: 'file-name',
    corpus: NAMES.map(writeCodeUnits),
    violations: [],
    maxOutputBytes: 1024,
    mutate,
    judge(input) {
      const name = readCodeUnits(input);
      const cleaned = cleanFileName(name);
      checkName(cleaned);
      mustHold(utf8(cleaned).byteLength <= 200, 'V1: at most 200 bytes');
      mustHold(cleanFileName(cleaned) === cleaned, 'V1: cleaning twice changes nothing');
      const { stem, extension } = splitExtension(cleaned);
      mustHold(stem + extension === cleaned, 'V1: stem and extension are the name');
      mustHold(isDangerousName(name) === isDangerousName(cleaned), 'V8: the saved name counts');
      return accepted(cleaned);
    },
  },
  {
    name: 'path',
    corpus: [...PATHS, ...NAMES].map(writeCodeUnits),
    violations: [],
    maxOutputBytes: 4 * 1024,
    mutate,
    judge(input) {
      const cleaned = cleanPath(readCodeUnits(input));
      mustHold(cleanPath(cleaned) === cleaned, 'V2: cleaning twice changes nothing');
      mustHold(cleaned.length <= 1024, 'V2: at most 1,024 characters');
      for (const segment of cleaned.split('/')) checkName(segment);
      return accepted(cleaned);
    },
  },
  {
    name: 'download-paths',
    corpus: [NAMES, ['a/b', 'a/B', 'A/b', '../a/b'], ['a', 'A', 'a (2)', 'a\u200b', 'a']].map(
      (paths) => writeCodeUnits(paths.join('|')),
    ),
    violations: [],
    maxOutputBytes: 1024 * 1024,
    mutate,
    judge(input) {
      const paths = readCodeUnits(input).split('|').map(cleanPath);
      const unique = makePathsUnique(paths);
      mustHold(unique.length === paths.length, 'V2: every file has a path');
      const lower = unique.map((path) => path.toLowerCase());
      mustHold(new Set(lower).size === paths.length, 'V2: no two paths differ in case alone');
      for (const segment of unique.flatMap((path) => path.split('/'))) {
        checkName(segment);
        mustHold(
          utf8(segment).byteLength <= MAX_STORED_NAME_BYTES,
          'V2: a name that can be stored',
        );
      }
      return accepted(unique);
    },
  },
];

/** What V1 says, in other words than the code's. */
function checkName(name: string): void {
  mustHold(name !== '', 'V1: never empty');
  mustHold(!/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name), 'V1: nothing invisible');
  mustHold(!/[/\\:*?"<>|]/.test(name), 'V1: no reserved sign');
  mustHold(!/^[. ]|[. ]$/.test(name), 'V1: no dot or blank at either end');
  mustHold(!DEVICE.test(name), 'V1: no device');
  mustHold(name === name.normalize('NFC'), 'V1: composed');
}
