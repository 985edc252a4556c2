import { createHmac } from 'node:crypto';

import { expect, test } from 'vitest';

import { createRelayGrant } from './relay-credentials.ts';

const SERVER = { urls: ['turn:t.example:3478'], secret: 'north-north-north-north-north-no' };
const UNIX_MS = 1_700_000_000_123;

test('case T28; T24: the name says when an hour is over, the credential is the base64 HMAC-SHA-1 of the name', () => {
  const grant = createRelayGrant(SERVER, UNIX_MS);
  expect(grant).toMatchObject({ ok: true, urls: SERVER.urls, validForMs: 3_600_000 });
  expect(grant.username).toMatch(/^1700003601:[\w-]{16}$/u);
  const credential = createHmac('sha1', SERVER.secret).update(grant.username).digest('base64');
  expect(grant.credential).toBe(credential);
});

test('case T28; T24: no two are the same, and none has the secret in it', () => {
  const grants = Array.from({ length: 100 }, () => createRelayGrant(SERVER, UNIX_MS));
  expect(new Set(grants.map(({ username }) => username)).size).toBe(100);
  expect(new Set(grants.map(({ credential }) => credential)).size).toBe(100);
  expect(JSON.stringify(grants)).not.toContain(SERVER.secret);
});
