import { expect, test } from 'vitest';

import { computeHolderId } from './holder-id.ts';
import { formatShareId } from './share-id.ts';

const shareId = formatShareId(new Uint8Array(16).fill(1));
const other = formatShareId(new Uint8Array(16).fill(2));
const secret = new Uint8Array(32).fill(3);

test('a browser has one name in a share, and another in every other', async () => {
  const name = await computeHolderId(secret, shareId);
  expect(name).toMatch(/^[\w-]{22}$/u);
  expect(await computeHolderId(secret.slice(), shareId)).toBe(name);
  expect(await computeHolderId(secret, other)).not.toBe(name);
  expect(await computeHolderId(new Uint8Array(32).fill(4), shareId)).not.toBe(name);
});

test('the known answer stays what it is', async () => {
  expect(await computeHolderId(secret, shareId)).toBe('KY3OlBix1pcOBGx1AGppdQ');
});

test('a secret of another length is a bug', async () => {
  await expect(computeHolderId(new Uint8Array(31), shareId)).rejects.toThrow(RangeError);
});
