import { describe, expect, test } from 'vitest';
import { formatFileId } from '../../shared/share/file-id.ts';
import { formatShareId } from '../../shared/share/share-id.ts';
import { asksToBeOpened, isShareLink } from './is-share-link.ts';

const SECRET = Uint8Array.from({ length: 16 }, (_, i) => i);
const SHARE_ID = formatShareId(SECRET.toReversed());

describe.each([
  ['without a password', false],
  ['with a password', true],
])('of a share %s', (_, hasPassword) => {
  const fileId = formatFileId({ secret: SECRET, shareId: SHARE_ID, hasPassword });

  test('a bare file ID and a link that ends in one are links', () => {
    expect(isShareLink(fileId)).toBe(true);
    expect(isShareLink(`  https://share.example/#${fileId}\n`)).toBe(true);
    expect(isShareLink(`http://127.0.0.1:8080/#${fileId}`)).toBe(true);
    expect(isShareLink(`share.example/#${fileId}`)).toBe(true);
  });

  test('anything else is a text', () => {
    expect(isShareLink(`${fileId}x`)).toBe(false);
    expect(isShareLink(fileId.slice(0, -1))).toBe(false);
    expect(isShareLink(`see ${fileId}`)).toBe(false);
    expect(isShareLink(`see https://share.example/#${fileId}`)).toBe(false);
    expect(isShareLink(`https://share.example/#${fileId} please`)).toBe(false);
  });
});

test('neither nothing nor another address is a link', () => {
  expect(isShareLink('')).toBe(false);
  expect(isShareLink('https://example.org/#part')).toBe(false);
});

describe('what is pasted or dropped', () => {
  const origin = 'https://share.example:8443';
  const fileId = formatFileId({ secret: SECRET, shareId: SHARE_ID, hasPassword: false });

  test('asks to be opened where it is a link of any page', () => {
    for (const text of [fileId, `${origin}/#${fileId}`, `https://other.example/#${fileId}\n`]) {
      expect(asksToBeOpened(text, origin)).toBe(true);
    }
  });

  test('asks to be opened where it was a link of this page before it was cut or altered', () => {
    for (const damaged of [
      `${origin}/#${fileId.slice(0, 30)}`,
      `  ${origin}/#${fileId.slice(0, -1)}\n`,
      `${origin}/#${fileId}).`,
      `${origin}/?from=mail#${fileId.slice(1)}`,
      `share.example:8443/#1`,
    ]) {
      expect(asksToBeOpened(damaged, origin)).toBe(true);
    }
  });

  test('is a text where it is anything else', () => {
    for (const text of [
      '',
      'a word',
      `see ${origin}/#${fileId.slice(0, 30)}`,
      `${origin}/#${fileId.slice(0, 30)} please`,
      fileId.slice(0, 30),
      origin,
      `${origin}/`,
      `${origin}/docs#part`,
      `https://share.example/#${fileId.slice(0, 30)}`,
      'https://other.example/#part',
      `https://other.example/?to=${origin}/#${fileId.slice(0, 30)}`,
      `#${fileId.slice(0, 30)}`,
      'mailto:someone@share.example',
    ]) {
      expect(asksToBeOpened(text, origin)).toBe(false);
    }
  });
});
