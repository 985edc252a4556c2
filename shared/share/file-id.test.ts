import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileIdViolation } from './file-id.ts';
import { findFileId, formatFileId, formatLink, parseFileId } from './file-id.ts';
import { formatShareId } from './share-id.ts';

const fileId = {
  secret: Uint8Array.from({ length: 16 }, (_, i) => i),
  shareId: formatShareId(Uint8Array.from({ length: 16 }, (_, i) => 255 - i)),
  hasPassword: false,
};
const TOKEN = '1AAECAwQFBgcICQoLDA0OD__-_fz7-vn49_b19PPy8fA';

describe('a file ID', () => {
  test('L3: has one spelling of 44 characters', () => {
    expect(formatFileId(fileId)).toBe(TOKEN);
    expect(parseFileId(TOKEN)).toEqual({ ok: true, value: fileId });
  });

  test('L3: of any secret and share comes back as it was', () => {
    const bytes16 = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(bytes16, bytes16, fc.boolean(), (secret, id, hasPassword) => {
        const shareId = formatShareId(id);
        const one = { secret: Uint8Array.from(secret), shareId, hasPassword };
        expect(parseFileId(formatFileId(one))).toEqual({ ok: true, value: one });
      }),
    );
  });

  test('L9: says by its first character alone that a password is needed', () => {
    const locked = `2${TOKEN.slice(1)}`;
    expect(formatFileId({ ...fileId, hasPassword: true })).toBe(locked);
    expect(parseFileId(locked)).toEqual({ ok: true, value: { ...fileId, hasPassword: true } });
  });

  test.for<[string, FileIdViolation, string]>([
    ['nothing', 'empty', ''],
    ['a character less', 'wrong-length', TOKEN.slice(0, -1)],
    ['a character more', 'wrong-length', `${TOKEN}A`],
    ['a blank before it', 'wrong-length', ` ${TOKEN}`],
    ['padding', 'wrong-length', `${TOKEN}=`],
    ['padding in its length', 'not-base64url', `${TOKEN.slice(0, -1)}=`],
    ['another version', 'wrong-version', `3${TOKEN.slice(1)}`],
    ['no version', 'wrong-version', `${TOKEN.slice(1)}A`],
    ['the alphabet of plain base64', 'not-base64url', TOKEN.replaceAll('_', '/')],
    ['a blank inside', 'not-base64url', TOKEN.replace('Q', ' ')],
    ['a letter that only looks like one', 'not-base64url', TOKEN.replace('A', '\u0410')],
    ['half of a surrogate pair', 'not-base64url', TOKEN.replace('A', '\ud83d')],
    ['spare bits that are set', 'not-base64url', `${TOKEN.slice(0, -1)}B`],
  ])('case P7; L4: with %s is refused: %s', ([, violation, text]) => {
    expect(parseFileId(text)).toEqual({ ok: false, violation });
  });

  test('case P7; L4: is what any text either is exactly or is not', () => {
    const near = fc.string({
      unit: fc.constantFrom('1', '2', 'A', 'Z', 'a', 'z', '0', '9', '-', '_', '=', '#', '+', ' '),
      maxLength: 46,
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), near), (text) => {
        const parsed = parseFileId(text);
        expect(parsed.ok ? formatFileId(parsed.value) : text).toBe(text);
      }),
    );
  });

  test('L1: is never made of a secret of another length', () => {
    const short = { ...fileId, secret: new Uint8Array(15) };
    expect(() => formatFileId(short)).toThrow(RangeError);
  });
});

describe('what a person pasted', () => {
  test.for([
    TOKEN,
    `  ${TOKEN}\n`,
    `#${TOKEN}`,
    `http://localhost:8080/#${TOKEN}`,
    `https://share.example/some/where?x=1#${TOKEN}`,
    `\thttps://share.example/#${TOKEN}`,
    formatLink('https://share.example', fileId),
  ])('L5: is found in %j', (text) => {
    expect(findFileId(text)).toEqual({ ok: true, value: fileId });
  });

  test.for<[FileIdViolation, string]>([
    ['empty', ''],
    ['empty', ' \n '],
    ['empty', 'https://share.example/#'],
    ['wrong-length', 'https://share.example/'],
    ['wrong-length', `https://share.example/${TOKEN}`],
    ['wrong-length', `https://share.example/#${TOKEN}#${TOKEN}`],
    ['wrong-length', `https://share.example/#/${TOKEN}`],
    ['wrong-length', `https://share.example/#${TOKEN.slice(0, 20)}`],
  ])('L5: is refused as %s: %j', ([violation, text]) => {
    expect(findFileId(text)).toEqual({ ok: false, violation });
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        expect(findFileId(text).ok).toBe(false);
      }),
    );
  });
});

test('L5, L7: a link carries the file ID in its fragment alone', () => {
  const link = new URL(formatLink('http://localhost:8080', fileId));
  expect(link.href).toBe(`http://localhost:8080/#${TOKEN}`);
  expect(formatLink('http://localhost:8080/', fileId)).toBe(link.href);
});
