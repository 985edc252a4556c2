import { expect, test } from 'vitest';
import { computeAuditDigest } from './audit-digest.ts';
import { concatBytes, utf8 } from './bytes.ts';

const nonce = new Uint8Array(16).fill(1);
const fingerprints = ['sha-256 AB:CD'];
const ciphertext = Uint8Array.from({ length: 100 }, (_, i) => i);
const sealed = concatBytes(ciphertext, new Uint8Array(64).fill(9));
const digest = await computeAuditDigest(nonce, fingerprints, sealed);

test('W8: is SHA-256 over nonce, fingerprints and ciphertext, and not over the signature', async () => {
  const name = utf8('sha-256 AB:CD');
  const message = concatBytes(nonce, Uint8Array.of(0, name.byteLength), name, ciphertext);
  expect(digest).toEqual(new Uint8Array(await crypto.subtle.digest('SHA-256', message)));
  const signedAgain = concatBytes(ciphertext, new Uint8Array(64).fill(8));
  expect(await computeAuditDigest(nonce, fingerprints, signedAgain)).toEqual(digest);
});

test('W8: the form and order of fingerprints do not matter, who they are of does', async () => {
  const both = ['sha-256 AB:CD', 'sha-1 12'];
  const same = await computeAuditDigest(nonce, both, sealed);
  expect(await computeAuditDigest(nonce, ['SHA-1 12', 'sha-256  ab:cd'], sealed)).toEqual(same);
  expect(await computeAuditDigest(nonce, ['sha-256 AB:CE'], sealed)).not.toEqual(digest);
});

test('W8: another nonce or one other bit gives another digest', async () => {
  const altered = sealed.slice();
  altered[99] = 0;
  expect(await computeAuditDigest(nonce, fingerprints, altered)).not.toEqual(digest);
  expect(await computeAuditDigest(new Uint8Array(16), fingerprints, sealed)).not.toEqual(digest);
});
