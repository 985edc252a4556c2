import { createHeader } from '../../shared/share/header.ts';
import { computeShareId } from '../../shared/share/share-id.ts';
import { deriveShareKeys } from '../../shared/share/share-keys.ts';
import { generateSigningKeys } from '../../shared/share/signing-keys.ts';
import type { Random } from '../../shared/swarm/random.ts';

/** A share as its peers announce it. */
export interface LoadShare {
  readonly shareId: string;
  readonly header: Uint8Array;
  readonly pieceCount: number;
  readonly peerCount: number;
}

const PEERS_PER_SHARE = 25;
/** How much less often a share is chosen than the one before it: few swarms are large, most are small. */
const POPULARITY_EXPONENT = 0.8;
/** Below the tracker's limit, so that who comes back always finds room. */
const MAX_PEERS = 900;
/** Bytes: 2, 458, 477, 299 and 23,842 pieces. */
const STREAM_LENGTHS = [100_000, 30e6, 1e9, 10e6, 100e9];

/** Shares with real, signed headers, and how many peers each has; together as many as there are to be. */
export async function createLoadShares(peers: number, random: Random): Promise<LoadShare[]> {
  const counts = drawPeerCounts(peers, random);
  return Promise.all(
    counts.map((peerCount, i) => createLoadShare(peerCount, STREAM_LENGTHS[i % 5] ?? 1)),
  );
}

async function createLoadShare(peerCount: number, streamLength: number): Promise<LoadShare> {
  const signingKeys = await generateSigningKeys();
  const shareId = await computeShareId(signingKeys.publicKey);
  const keys = await deriveShareKeys(crypto.getRandomValues(new Uint8Array(16)), shareId);
  const indexLength = 40;
  const summary = { name: 'holiday.zip', fileCount: 1, totalBytes: streamLength - indexLength };
  const fields = { streamLength, indexLength, summary, keys, signingKeys, shareId };
  const { bytes, geometry } = await createHeader(fields);
  return { shareId, header: bytes, pieceCount: geometry.pieceCount, peerCount };
}

function drawPeerCounts(peers: number, random: Random): number[] {
  const shareCount = Math.max(4, Math.ceil(peers / PEERS_PER_SHARE));
  const bounds: number[] = [];
  let total = 0;
  for (let rank = 1; rank <= shareCount; rank += 1) {
    total += rank ** -POPULARITY_EXPONENT;
    bounds.push(total);
  }
  const counts = bounds.map(() => 0);
  for (let drawn = 0; drawn < peers;) {
    const at = (random.below(1_000_000) / 1_000_000) * total;
    const share = bounds.findIndex((bound) => at < bound);
    if ((counts[share] ?? 0) >= MAX_PEERS) continue;
    counts[share] = (counts[share] ?? 0) + 1;
    drawn += 1;
  }
  return counts.filter((count) => count > 0);
}
