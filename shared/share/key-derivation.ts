import { utf8 } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import type { ShareId } from './share-id.ts';
import { shareIdBytes } from './share-id.ts';

/** Derives keys, none of which can be exported, each by its name. */
export interface KeyDerivation {
  /** AES-256-GCM. */
  readonly deriveAes: (name: string) => Promise<CryptoKey>;
  /** HMAC-SHA-256 with 32 bytes. */
  readonly deriveHmac: (name: string) => Promise<CryptoKey>;
  readonly deriveBytes: (name: string, length: number) => Promise<Bytes>;
}

/** HKDF-SHA-256 (RFC 5869) with the share ID as salt and "peerify/1/" and the key's name as info (K1). */
export async function createKeyDerivation(input: Bytes, shareId: ShareId): Promise<KeyDerivation> {
  const salt = shareIdBytes(shareId);
  const usages: KeyUsage[] = ['deriveKey', 'deriveBits'];
  const base = await crypto.subtle.importKey('raw', input, 'HKDF', false, usages);
  const parametersOf = (name: string): HkdfParams => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt,
    info: utf8(`peerify/1/${name}`),
  });
  return {
    deriveAes: (name) => {
      const algorithm = { name: 'AES-GCM', length: 256 };
      const aesUsages: KeyUsage[] = ['encrypt', 'decrypt'];
      return crypto.subtle.deriveKey(parametersOf(name), base, algorithm, false, aesUsages);
    },
    deriveHmac: (name) => {
      const algorithm = { name: 'HMAC', hash: 'SHA-256', length: 256 };
      const hmacUsages: KeyUsage[] = ['sign', 'verify'];
      return crypto.subtle.deriveKey(parametersOf(name), base, algorithm, false, hmacUsages);
    },
    deriveBytes: async (name, length) =>
      new Uint8Array(await crypto.subtle.deriveBits(parametersOf(name), base, length * 8)),
  };
}
