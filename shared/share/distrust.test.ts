import { expect, test } from 'vitest';

import { signDistrust, verifyDistrust } from './distrust.ts';
import { createSampleShare } from './sample-share.test-helper.ts';

const PEER = 'AAAAAAAAAAAAAAAAAAAAAA';
const share = await createSampleShare({ streamLength: 100 });
const other = await createSampleShare({ streamLength: 100 });
const { publicKey, shareId } = share;
const signature = await signDistrust(share.signingKeys.privateKey, shareId, PEER);

test("the sharer's distrust counts for one peer of one share", async () => {
  expect(signature.byteLength).toBe(64);
  expect(await verifyDistrust(publicKey, shareId, PEER, signature)).toBe(true);
  expect(await verifyDistrust(publicKey, shareId, 'BAAAAAAAAAAAAAAAAAAAAA', signature)).toBe(false);
  expect(await verifyDistrust(publicKey, other.shareId, PEER, signature)).toBe(false);
  expect(await verifyDistrust(other.publicKey, shareId, PEER, signature)).toBe(false);
});

test('a signature of any other length or content is none', async () => {
  for (const wrong of [new Uint8Array(), new Uint8Array(64), signature.slice(1)]) {
    expect(await verifyDistrust(publicKey, shareId, PEER, wrong)).toBe(false);
  }
});
