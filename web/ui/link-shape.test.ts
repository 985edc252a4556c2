import { expect, test } from 'vitest';
import { looksLikeLink } from './link-shape.ts';

const FILE_ID = `1${'aB3_-'.repeat(8)}xyz`;

test('a bare file ID and a link that ends in one look like a link', () => {
  expect(looksLikeLink(FILE_ID)).toBe(true);
  expect(looksLikeLink(`  https://share.example/#${FILE_ID}\n`)).toBe(true);
  expect(looksLikeLink(`http://127.0.0.1:8080/#${FILE_ID}`)).toBe(true);
});

test('any other text does not', () => {
  expect(looksLikeLink('')).toBe(false);
  expect(looksLikeLink(`${FILE_ID}x`)).toBe(false);
  expect(looksLikeLink(FILE_ID.slice(0, -1))).toBe(false);
  expect(looksLikeLink(`see ${FILE_ID}`)).toBe(false);
  expect(looksLikeLink(`https://share.example/#${FILE_ID} please`)).toBe(false);
});
