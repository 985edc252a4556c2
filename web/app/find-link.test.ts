import { expect, test } from 'vitest';
import { findLink } from './find-link.ts';

test('F5: a text that is one address of the web is a link, with all of it written out', () => {
  expect(findLink('https://example.org/a?b#c')).toBe('https://example.org/a?b#c');
  expect(findLink('  http://example.org\n')).toBe('http://example.org/');
  expect(findLink('HTTPS://EXAMPLE.ORG/A')).toBe('https://example.org/A');
  // A name in letters that look like others is written as what it is.
  expect(findLink('https://аpple.com/')).toBe('https://xn--pple-43d.com/');
});

test.each([
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'blob:https://example.org/1',
  'file:///etc/passwd',
  'ftp://example.org/',
  'see https://example.org/',
  'https://example.org/ and more',
  'https://a.example/\nhttps://b.example/',
  'https://bank.example@evil.example/',
  'https://bank.example:443@evil.example/',
  'https://',
  'https://[',
  'example.org',
  '',
  `https://example.org/${'a'.repeat(2_048)}`,
])('F5: %s is no link', (text) => {
  expect(findLink(text)).toBeUndefined();
});
