import type { Bytes } from './bytes.ts';
import type { Header } from './header.ts';
import { createHeader } from './header.ts';
import type { PieceContext } from './piece-sealing.ts';
import { createPieceContext } from './piece-sealing.ts';
import type { ShareId } from './share-id.ts';
import { computeShareId } from './share-id.ts';
import type { ShareKeys } from './share-keys.ts';
import { deriveShareKeys } from './share-keys.ts';
import type { SigningKeys } from './signing-keys.ts';
import { generateSigningKeys, importPublicKey } from './signing-keys.ts';

export interface SampleShare {
  readonly secret: Bytes;
  readonly shareId: ShareId;
  readonly keys: ShareKeys;
  readonly signingKeys: SigningKeys;
  readonly publicKey: CryptoKey;
  readonly header: Header;
  readonly context: PieceContext;
}

/** A share with a new key pair, for tests. */
export async function createSampleShare(options: {
  streamLength: number;
  indexLength?: number;
  name?: string;
}): Promise<SampleShare> {
  const { streamLength, indexLength = 10, name = 'notes.txt' } = options;
  const secret = crypto.getRandomValues(new Uint8Array(16));
  const signingKeys = await generateSigningKeys();
  const shareId = await computeShareId(signingKeys.publicKey);
  const keys = await deriveShareKeys(secret, shareId);
  const publicKey = await importPublicKey(signingKeys.publicKey);
  if (publicKey === undefined) throw new Error('no key');
  const summary = { name, fileCount: 1, totalBytes: streamLength - indexLength };
  const fields = { streamLength, indexLength, summary, keys, signingKeys, shareId };
  const header = await createHeader(fields);
  const context = await createPieceContext(header, shareId);
  return { secret, shareId, keys, signingKeys, publicKey, header, context };
}

/** Bytes that differ from one place to the next and from one seed to the next. */
export function patternBytes(length: number, seed = 0): Bytes {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) bytes[i] = (i * 31 + (i >> 8) * 7 + seed * 101) & 0xff;
  return bytes;
}
