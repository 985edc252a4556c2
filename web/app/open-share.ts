import type { Bytes } from '../../shared/share/bytes.ts';
import type { Header } from '../../shared/share/header.ts';
import type { PieceContext } from '../../shared/share/piece-sealing.ts';
import type { FileId } from '../../shared/share/file-id.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { ShareKeys } from '../../shared/share/share-keys.ts';
import type { Summary } from '../../shared/share/summary.ts';
import type { Membership } from '../../shared/swarm/membership.ts';
import type { Problem } from './app-state.ts';
import type { ShareRecord, WantedPart } from './ports/share-records.ts';
import { cleanFileName } from '../../shared/share/file-name.ts';
import { decodeHeader, verifyHeader } from '../../shared/share/header.ts';
import { createPieceContext } from '../../shared/share/piece-sealing.ts';
import { deriveShareKeys } from '../../shared/share/share-keys.ts';
import { isKeyFor, openSummary } from '../../shared/share/summary.ts';
import { createMembership } from '../../shared/swarm/membership.ts';
import { PROBLEMS } from './problems.ts';

/** What opens a share: the link, and what a password has given where there is one. */
export interface ShareAccess {
  readonly shareId: ShareId;
  /** The link's, 16 bytes. */
  readonly secret: Bytes;
  /** What the keys come from where the share has a password (K8), 16 bytes. */
  readonly keySecret?: Bytes | undefined;
}

/** A share that is known to be what its link says: header verified, key checked, summary read. */
export interface OpenedShare extends FileId, ShareAccess {
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

/** Checks a header, wherever it came from, against the link and the password. */
export async function openShare(access: ShareAccess, headerBytes: Bytes): Promise<OpenShareResult> {
  const { shareId } = access;
  const decodedHeader = decodeHeader(headerBytes);
  if (!decodedHeader.ok || !(await verifyHeader(decodedHeader.value, shareId))) {
    return { kind: 'refused', problem: PROBLEMS.badHeader };
  }
  const header = decodedHeader.value;
  const keys = await deriveShareKeys(access.keySecret ?? access.secret, shareId);
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
      ...fileIdOf(access),
      keySecret: access.keySecret,
      header,
      keys,
      summary: { ...summary.value, name },
      context,
      membership,
    },
  };
}

/** The link, as it can be passed on. */
export function fileIdOf({ secret, shareId, keySecret }: ShareAccess): FileId {
  return { secret, shareId, hasPassword: keySecret !== undefined };
}

/** What this browser remembers of a share that it begins to download. */
export function createDownloadRecord(
  share: OpenedShare,
  addedAtMs: number,
  { wanted, end }: Pick<ShareRecord, 'end'> & { readonly wanted: WantedPart | undefined },
): ShareRecord {
  const { shareId, secret, keySecret, header } = share;
  const part = { role: 'receiver', saved: false, wanted } as const;
  return { shareId, secret, keySecret, header: header.bytes, end, addedAtMs, wish: 'run', part };
}
