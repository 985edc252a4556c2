import { describe, expect, test } from 'vitest';
import { formatFileId } from '../../shared/share/file-id.ts';
import { formatShareId } from '../../shared/share/share-id.ts';
import { isShareLink } from './is-share-link.ts';

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
