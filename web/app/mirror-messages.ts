import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { ChosenFile, ShareCard } from './app-state.ts';

/** What a mirrored card takes from the tab that takes care of the share; the rest it knows from the link. */
export type MirroredCard = Pick<ShareCard, 'role' | 'status' | 'transfer' | 'files'>;

/** What a person asked for in another tab than the one that takes care of the share. */
export type Wish =
  | { readonly action: 'pause' | 'resume' | 'forget' }
  | { readonly action: 'chooseAgain'; readonly files: readonly ChosenFile[] };

/** Between the tab that takes care of a share and those of the same browser that show it too. */
export type MirrorMessage =
  | { readonly kind: 'look' }
  | { readonly kind: 'card'; readonly card: MirroredCard }
  | { readonly kind: 'wish'; readonly wish: Wish }
  | { readonly kind: 'read'; readonly piece: number }
  /** Undefined where it cannot be read. */
  | { readonly kind: 'piece'; readonly piece: number; readonly sealed: Bytes | undefined }
  /** Forgotten by this browser. */
  | { readonly kind: 'gone' };

/** The version stands in the name, so that tabs of another one are not heard at all. */
export function nameMirrorChannel(shareId: ShareId): string {
  return `peerify/mirror/1/${shareId}`;
}
