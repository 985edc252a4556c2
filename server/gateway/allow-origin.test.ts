import { expect, test } from 'vitest';

import { isOriginAllowed } from './allow-origin.ts';

test.each([
  ['the page of this very host', 'http://localhost:8080', 'localhost:8080', true],
  ['the same host through a proxy that adds TLS', 'https://p.example', 'p.example', true],
  ['a host on the list', 'https://page.example', 'p.example', true],
  ['a program that is no browser', undefined, 'p.example', true],
  ['another host', 'https://evil.example', 'p.example', false],
  ['another port', 'http://localhost:1', 'localhost:8080', false],
  ['a host on the list by another scheme', 'http://page.example', 'p.example', false],
  ['a page without an origin', 'null', 'p.example', false],
  ['rubbish', 'x', 'p.example', false],
  ['the same host, where none is named', 'http://p.example', undefined, false],
])('case T21; T1: %s', (_, origin, host, isAllowed) => {
  const headers = { ...(origin && { origin }), ...(host && { host }) };
  expect(isOriginAllowed(headers, ['https://page.example'])).toBe(isAllowed);
});
