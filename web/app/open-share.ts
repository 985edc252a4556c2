import type { Bytes } from '../../shared/share/bytes.ts';
import type { Header } from '../../shared/share/header.ts';
import type { PieceContext } from '../../shared/share/piece-sealing.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { ShareKeys } from '../../shared/share/share-keys.ts';
import type { Summary } from '../../shared/share/summary.ts';
import type { Membership } from '../../shared/swarm/membership.ts';
import type { Problem } from './app-state.ts';
import type { ShareRecord } from './ports/share-records.ts';
import { cleanFileName } from '../../shared/share/file-name.ts';
import { decodeHeader, verifyHeader } from '../../shared/share/header.ts';
import { createPieceContext } from '../../shared/share/piece-sealing.ts';
import { deriveShareKeys } from '../../shared/share/share-keys.ts';
import { isKeyFor, openSummary } from '../../shared/share/summary.ts';
import { createMembership } from '../../shared/swarm/membership.ts';
import { PROBLEMS } from './problems.ts';

/** A share that is known to be what its link says: header verified, key checked, summary read. */
export interface OpenedShare {
  readonly shareId: ShareId;
  readonly secret: Bytes;
  readonly header: Header;
  readonly keys: ShareKeys;
  /** Its name is cleaned: safe to show and to save under. */
  readonly summary: Summary;
  readonly context: PieceContext;
  readonly membership: Membership;
}

export type OpenShareResult =
  | { readonly kind: 'opened'; readonly share: OpenedShare }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Checks a header, wherever it came from, against the link. */
export async function openShare(
  secret: Bytes,
  shareId: ShareId,
  headerBytes: Bytes,
): Promise<OpenShareResult> {
  const decodedHeader = decodeHeader(headerBytes);
  if (!decodedHeader.ok || !(await verifyHeader(decodedHeader.value, shareId))) {
    return { kind: 'refused', problem: PROBLEMS.badHeader };
  }
  const header = decodedHeader.value;
  const keys = await deriveShareKeys(secret, shareId);
  const summary = await openSummary(header, keys, shareId);
  if (!isKeyFor(header, keys) || !summary.ok) {
    return { kind: 'refused', problem: PROBLEMS.wrongKey };
  }
  const context = await createPieceContext(header, shareId);
  const membership = await createMembership(header, shareId, keys);
  const name = cleanFileName(summary.value.name);
  return {
    kind: 'opened',
    share: {
      shareId,
      secret,
      header,
      keys,
      summary: { ...summary.value, name },
      context,
      membership,
    },
  };
}

/** What this browser remembers of a share that it begins to download. */
export function createDownloadRecord(share: OpenedShare, addedAtMs: number): ShareRecord {
  const { shareId, secret, header } = share;
  const part = { role: 'receiver', saved: false } as const;
  return { shareId, secret, header: header.bytes, addedAtMs, wish: 'run', part };
}
