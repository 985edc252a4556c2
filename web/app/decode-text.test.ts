import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../../shared/share/bytes.ts';
import { decodeText } from './decode-text.ts';

function isHidden(character: string): boolean {
  return /^[^\P{Cc}\s]$/u.test(character) && character !== '\u001B' && character !== '\u0085';
}

function utf16(text: string, isLittle: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * text.length + 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, isLittle);
  for (let i = 0; i < text.length; i += 1) view.setUint16(2 * i + 2, text.charCodeAt(i), isLittle);
  return bytes;
}

test('F5: UTF-8 and UTF-16 are told apart by their marks, which are not shown', () => {
  const text = 'Grüße,\n\tこんにちは 🎈';
  expect(decodeText(utf8(text), false)).toBe(text);
  expect(decodeText(utf8(`\uFEFF${text}`), false)).toBe(text);
  expect(decodeText(utf16(text, true), false)).toBe(text);
  expect(decodeText(utf16(text, false), false)).toBe(text);
  expect(decodeText(new Uint8Array(), false)).toBe('');
});

test('F5: what is cut in the middle of a character ends before it; a file that ends so is no text', () => {
  const cut = utf8('ab🎈').subarray(0, 4);
  expect(decodeText(cut, true)).toBe('ab');
  expect(decodeText(cut, false)).toBeUndefined();
});

test('F5: what is no text is refused', () => {
  for (const bytes of [
    [0x50, 0x4b, 3, 4],
    [0x61, 0, 0x62],
    [0xff, 0xd8, 0xff, 0xe0],
    [0x61, 0x7f],
    [0xc3, 0x28],
    [0x1b, 0x5b, 0x07],
  ])
    expect(decodeText(new Uint8Array(bytes), false)).toBeUndefined();
});

test('F5: any bytes give a text or nothing, and never a control that hides', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.boolean(), (bytes, goesOn) => {
      const text = decodeText(new Uint8Array(bytes), goesOn);
      expect(Array.from(text ?? '').filter(isHidden)).toEqual([]);
    }),
  );
});
