import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64Url, encodeBase64Url } from './base64url.ts';
import { utf8 } from './bytes.ts';

describe('base64url', () => {
  test.for([
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg'],
    ['fooba', 'Zm9vYmE'],
    ['foobar', 'Zm9vYmFy'],
  ] as const)('agrees with RFC 4648, section 10, on %j', ([text, encoded]) => {
    expect(encodeBase64Url(utf8(text))).toBe(encoded);
    expect(decodeBase64Url(encoded, text.length)).toEqual(utf8(text));
  });

  test('uses the alphabet that needs no escapes in a link', () => {
    expect(encodeBase64Url(Uint8Array.of(0xfb, 0xff, 0xbf))).toBe('-_-_');
  });

  test('gives any bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(decodeBase64Url(encodeBase64Url(bytes), bytes.byteLength)).toEqual(
          Uint8Array.from(bytes),
        );
      }),
    );
  });

  test.for([
    ['another length', 'Zm9v', 2],
    ['padding', 'Zm8=', 2],
    ['a character of plain base64', 'Zm+/', 3],
    ['a character outside the alphabet', 'Zm9\u0131', 3],
    ['spare bits that are set', 'Zm9', 2],
    ['spare bits that are set', 'Zh', 1],
  ] as const)('refuses %s: %j', ([, text, length]) => {
    expect(decodeBase64Url(text, length)).toBeUndefined();
  });
});
