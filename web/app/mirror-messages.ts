import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type {
  CardFile,
  ChosenFile,
  EndChoice,
  FileChoice,
  FileHandles,
  ShareCard,
} from './app-state.ts';
import type { Sight } from './sight.ts';

/** What a mirrored card takes again and again from the tab that takes care of the share. */
export type MirroredCard = Pick<
  ShareCard,
  'role' | 'status' | 'transfer' | 'end' | 'downloads' | 'copies' | 'choice'
> & {
  /** Whether the file list is known there, to be asked for once. */
  readonly hasFiles: boolean;
};

/** What a person asked for in another tab than the one that takes care of the share. */
export type Wish = 'pause' | 'resume' | 'forget';

/** What one tab wants to know for itself. */
export type Question =
  | { readonly kind: 'sight' }
  | { readonly kind: 'files' }
  | { readonly kind: 'piece'; readonly piece: number }
  /** Whether these files are there, once the store was looked at again; all means those that are wanted. */
  | { readonly kind: 'whole'; readonly files: FileChoice }
  /** The sharer's files, chosen again: are they the ones? */
  | {
      readonly kind: 'choice';
      readonly files: readonly ChosenFile[];
      readonly handles: FileHandles | undefined;
    };

export type Answer =
  | { readonly kind: 'sight'; readonly sight: Sight | undefined }
  | { readonly kind: 'files'; readonly files: readonly CardFile[] | undefined }
  /** Undefined where it cannot be read. */
  | { readonly kind: 'piece'; readonly sealed: Bytes | undefined }
  | { readonly kind: 'whole'; readonly isWhole: boolean; readonly files: FileChoice }
  | { readonly kind: 'choice'; readonly isTaken: boolean };

/** Heard by all tabs of one browser that show a share. */
export type MirrorMessage =
  | { readonly kind: 'look' }
  | { readonly kind: 'card'; readonly card: MirroredCard }
  | { readonly kind: 'wish'; readonly wish: Wish }
  /** The sharer asks for so many. */
  | { readonly kind: 'copies'; readonly copies: number }
  /** These files and no others are wanted. */
  | { readonly kind: 'want'; readonly files: FileChoice }
  /** The sharer has it end then, or after so many downloads. */
  | { readonly kind: 'end'; readonly choice: EndChoice }
  /** `from` names the tab that asks; `number` tells its questions apart. */
  | {
      readonly kind: 'question';
      readonly from: number;
      readonly number: number;
      readonly question: Question;
    }
  /** Forgotten by this browser. */
  | { readonly kind: 'gone' };

/** Heard by the tab alone that asked. */
export interface AnswerMessage {
  readonly number: number;
  readonly answer: Answer;
}

/** The version stands in the name, so that tabs of another one are not heard at all. */
export function nameMirrorChannel(shareId: ShareId): string {
  return `peerify/mirror/4/${shareId}`;
}

export function nameAnswerChannel(shareId: ShareId, from: number): string {
  return `${nameMirrorChannel(shareId)}/${from}`;
}
