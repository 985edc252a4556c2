import { describe, expect, test } from 'vitest';
import { formatShareId } from './share-id.ts';
import { deriveShareKeys } from './share-keys.ts';
import { derivePublicKeys } from './swarm-keys.ts';

const shareId = formatShareId(new Uint8Array(16).fill(7));
const headerHash = new Uint8Array(32).fill(3);
const keys = await derivePublicKeys(headerHash, shareId);
const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) };
const sealed = await crypto.subtle.encrypt(algorithm, keys.signalKey, new Uint8Array(5));

describe('the public keys of a share', () => {
  test('K7: follow from header and share ID alone, for whoever knows them', async () => {
    const again = await derivePublicKeys(headerHash, shareId);
    const opened = await crypto.subtle.decrypt(algorithm, again.signalKey, sealed);
    expect(opened.byteLength).toBe(5);
    const mac = await crypto.subtle.sign('HMAC', keys.peerAuthKey, headerHash);
    expect(await crypto.subtle.verify('HMAC', again.peerAuthKey, mac, headerHash)).toBe(true);
  });

  test('K7: are others for another header or share, and never those of the link', async () => {
    const otherShare = formatShareId(new Uint8Array(16).fill(8));
    // A secret that is the beginning of the header hash even.
    const link = await deriveShareKeys(headerHash.slice(0, 16), shareId);
    const others = [
      (await derivePublicKeys(headerHash.slice().fill(4, 31), shareId)).signalKey,
      (await derivePublicKeys(headerHash, otherShare)).signalKey,
      link.signal,
    ];
    for (const other of others) {
      await expect(crypto.subtle.decrypt(algorithm, other, sealed)).rejects.toMatchObject({
        name: 'OperationError',
      });
    }
    const mac = await crypto.subtle.sign('HMAC', keys.peerAuthKey, headerHash);
    expect(await crypto.subtle.verify('HMAC', link.peerAuth, mac, headerHash)).toBe(false);
  });

  test('K7: cannot be exported', async () => {
    for (const key of [keys.signalKey, keys.peerAuthKey]) {
      await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow('not extractable');
    }
  });
});
