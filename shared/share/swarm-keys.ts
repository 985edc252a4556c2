import type { Bytes } from './bytes.ts';
import type { ShareId } from './share-id.ts';
import { createKeyDerivation } from './key-derivation.ts';

/** What two peers of a swarm use between them. Neither can be exported. */
export interface SwarmKeys {
  /** AES-256-GCM, for signals. */
  readonly signalKey: CryptoKey;
  /** HMAC-SHA-256 with 32 bytes, for the proof at the beginning of a connection. */
  readonly peerAuthKey: CryptoKey;
}

/**
 * The keys for connections with volunteers, who have no link: whoever knows the header has them, the tracker as well.
 * They bind a conversation to its share and its certificates, and hide nothing.
 */
export async function derivePublicKeys(headerHash: Bytes, shareId: ShareId): Promise<SwarmKeys> {
  const { deriveAes, deriveHmac } = await createKeyDerivation(headerHash, shareId);
  const [signalKey, peerAuthKey] = await Promise.all([
    deriveAes('public-signal'),
    deriveHmac('public-peer-auth'),
  ]);
  return { signalKey, peerAuthKey };
}
