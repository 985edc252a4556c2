import type { CardDownloads, CardEnd, EndChoice } from './card-end.ts';
import type { CardStatus } from './status-kinds.ts';
import type { CardChoice, FileChoice } from './file-choice.ts';
import type { FollowReading } from './follow-reading.ts';
import type { Problem } from './problems.ts';
import type { Sight } from './sight.ts';
import type { SavePlace } from './ports/saver.ts';
import type { RateSettings } from './ports/rate-settings.ts';
import type { RelayState } from './relay-choice.ts';
import type { SpaceState } from './space-state.ts';

export type { CardChoice, FileChoice } from './file-choice.ts';
export type { CardDownloads, CardEnd, EndChoice } from './card-end.ts';
export type { NamesProblem, PlainProblem, Problem } from './problems.ts';
export type { CardStatus } from './status-kinds.ts';
export type { SpaceState } from './space-state.ts';
export type { FollowReading } from './follow-reading.ts';

/** Everything the page shows. Views are functions of it; only use cases change it. */
export interface AppState {
  readonly environment: Environment;
  readonly tracker: 'connecting' | 'up' | 'down';
  /** Newest first. */
  readonly cards: readonly ShareCard[];
  /** Something that concerns the page as a whole, until dismissed: a damaged link, a drop of nothing. */
  readonly notice: Problem | undefined;
  /** What a person looks at now, in the card of that key. */
  readonly preview: FilePreview | undefined;
  /** How fast this tab may send and receive, all shares together. */
  readonly rates: RateSettings;
  readonly relay: RelayState;
  /** The password of what is shared next; empty where it has none. */
  readonly nextPassword: string;
  /** What this browser keeps for others; undefined until it is known. */
  readonly volunteering: VolunteerState | undefined;
  /** The share that was made in this tab last. */
  readonly made: MadeShare | undefined;
  /** The card of the link that was opened in this tab last. */
  readonly opened: OpenedCard | undefined;
  /** Handed to the page from elsewhere, and not shared before a person says so. */
  readonly offered: Offered | undefined;
  /** Undefined until it is known, and where the browser does not say. */
  readonly space: SpaceState | undefined;
  /** The browser would install the page, if a person asked for it. */
  readonly canInstall: boolean;
  /** Whether new cards show their details. */
  readonly showsDetails: boolean;
  /** Whether this browser tells of downloads that are done; undefined where it cannot. */
  readonly doneNotices: DoneNoticesChoice | undefined;
}

export interface Offered {
  /** As the share would be called. */
  readonly name: string;
  readonly fileCount: number;
}

export interface MadeShare {
  readonly key: string;
  /** Its link was put into the clipboard without being asked for. */
  readonly isLinkCopied: boolean;
}

/** Another object each time that a link is opened. */
export interface OpenedCard {
  readonly key: string;
  /** It was not on the page before. */
  readonly isNew: boolean;
  /** A person who is at the page already asked for what is there already, and has to see where. */
  readonly takesFocus: boolean;
}

/** Black on white, `size` squares wide and high. */
export interface QrCode {
  readonly size: number;
  /** The black squares, each 1 × 1, as the path of an SVG. */
  readonly path: string;
}

/** `refused`: by the browser, for this page. */
export type DoneNoticesChoice = 'off' | 'on' | 'refused';

export type Environment =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unsupported'; readonly problem: Problem };

/** One file of a share, looked at in the page. */
export interface FilePreview {
  readonly key: string;
  /** Its place in the share's list of files. */
  readonly fileNumber: number;
  readonly content: PreviewContent;
}

export type PreviewContent =
  /** What is needed first is being fetched. */
  | { readonly kind: 'waiting' }
  /** For the element of that name, which fetches it bit by bit. */
  | { readonly kind: 'video' | 'audio' | 'image'; readonly address: string }
  | {
      readonly kind: 'text';
      /** A stranger's: to be shown as it is written, and as nothing else. */
      readonly text: string;
      /** Or only its beginning. */
      readonly isWhole: boolean;
      /** Where all of the text is one address of the web. */
      readonly link: string | undefined;
    }
  | {
      readonly kind: 'refused';
      /** `save-first`: this browser plays nothing while it is being fetched. */
      readonly reason: 'not-text' | 'too-large' | 'save-first' | 'unreadable';
    };

export interface ShareCard {
  /** The share ID: one card a share. */
  readonly key: string;
  readonly role: 'sharer' | 'receiver';
  /** Display name, cleaned; names the card. Empty before the header of an opened link is there. */
  readonly name: string;
  readonly fileCount: number;
  readonly totalBytes: number;
  readonly fileId: string;
  readonly link: string;
  /** A password is needed beside the link. */
  readonly hasPassword: boolean;
  readonly status: CardStatus;
  readonly transfer: Transfer;
  /** Known to the sharer at once, to a receiver once the index is there. */
  readonly files: readonly CardFile[] | undefined;
  /** Whether its files can be looked at in this tab now, here already or not. */
  readonly canPreview: boolean;
  /** Another tab of this browser takes care of it, and nothing ends with this one. */
  readonly isElsewhere?: true;
  /** It was opened here, and is this browser's own: to remove it takes it off this tab alone. */
  readonly isGuest?: true;
  /** Of a share of several files that is received: which of `files` are wanted and here. Undefined until it is known. */
  readonly choice: CardChoice | undefined;
  /** When the share ends, where that is known and it does. */
  readonly end: CardEnd | undefined;
  /** Of a share of one's own that ends after so many. */
  readonly downloads?: CardDownloads | undefined;
  /** What a person can pick to save into, besides the browser's downloads. */
  readonly places?: readonly SavePlace[];
  /** Of a share of one's own that runs: who else holds it. Undefined while that is not known. */
  readonly copies: CardCopies | undefined;
}

/** The copies of a share that its sharer has itself made sure of, besides its own. */
export interface CardCopies {
  /** How many others are to hold every piece: 1 to 5. */
  readonly target: number;
  /** Every piece has that many. */
  readonly mayClose: boolean;
  /** Full copies: how many hold the piece that has fewest. */
  readonly fullCopies: number;
  /** The same for up to 512 equal parts of the share, in order. */
  readonly columns: Uint8Array<ArrayBuffer>;
  /** Of the pieces that have fewer than the target, and of all. */
  readonly lackingBytes: number;
  readonly totalBytes: number;
  /** Undefined while nothing moves. */
  readonly secondsLeft: number | undefined;
  /** Nobody is connected who could take any. */
  readonly isAlone: boolean;
}

export interface CardFile {
  readonly path: string;
  readonly size: number;
}

export interface Transfer {
  /** What is to be held here: all of it, or the files that a person chose. */
  readonly goalBytes: number;
  /** Verified bytes of that held here, 0 to goalBytes, and the same as 0 to 100, rounded down. */
  readonly heldBytes: number;
  readonly percent: number;
  readonly downBytesPerSecond: number;
  readonly upBytesPerSecond: number;
  /** Undefined while nothing moves. */
  readonly secondsLeft: number | undefined;
  readonly sentBytes: number;
  /** Peers connected now. */
  readonly connectedPeers: number;
  /** Other peers that hold any piece, and every piece, as the tracker last said. */
  readonly holderCount: number;
  readonly seederCount: number;
  /** Volunteers among those that it comes from, or came from. */
  readonly volunteerCount: number;
  /** Several in a row wanted to connect and did not show that they have the link. */
  readonly isDisturbed: boolean;
  /** Others are there, and no connection to any of them comes about. */
  readonly isUnreachable: boolean;
}

/** What a person lets this browser do for others. */
export interface VolunteerSettings {
  readonly isOn: boolean;
  readonly budgetBytes: number;
  /** Undefined: as fast as it goes. */
  readonly uploadBytesPerSecond: number | undefined;
}

/** What this browser keeps for others. It cannot know names or contents. */
export interface VolunteerState {
  readonly settings: VolunteerSettings;
  readonly heldBytes: number;
  readonly pieceCount: number;
  readonly shareCount: number;
  readonly upBytesPerSecond: number;
  /** Why it does not work although it is on. */
  readonly problem: Problem | undefined;
}

/** A file that a person chose, dropped or pasted, with its path inside the share ("a/b.txt"). */
export interface ChosenFile {
  readonly path: string;
  readonly file: File;
}

/** The ways to what was dropped or chosen, which outlive a reload. */
export type FileHandles = readonly FileSystemHandle[];

/** What a person can do. None of these reject: what fails shows in the state. */
export interface AppActions {
  /** `handles` lead to the files again after a reload, where the browser gives any. */
  share: (files: readonly ChosenFile[], handles?: FileHandles) => void;
  /** What is shared next needs this password beside its link; empty for none. */
  setNextPassword: (password: string) => void;
  /** Opens a pasted file ID or link. */
  open: (fileIdOrLink: string) => void;
  /** The password of an opened link. */
  unlock: (key: string, password: string) => void;
  download: (key: string) => void;
  /** Fetches the file list alone, to choose from. */
  chooseFiles: (key: string) => void;
  /** From now on these files are fetched, and no others. */
  want: (key: string, files: FileChoice) => void;
  pause: (key: string) => void;
  resume: (key: string) => void;
  /** All wanted files as the browser's download: one as it is, several as one zip. */
  save: (key: string) => void;
  /** The same of some that are here. */
  saveFiles: (key: string, files: readonly number[]) => void;
  /** Into a file or a folder that the browser lets a person pick. Called from within a click. */
  saveTo: (key: string, place: SavePlace) => void;
  /** One file of several, by its place in `files`. */
  saveFile: (key: string, fileNumber: number) => void;
  /** Looks at one file, by its place in `files`, before it is saved or all of it is here. */
  openPreview: (key: string, fileNumber: number) => void;
  closePreview: () => void;
  /** The sharer's files again, after a reload, for the pieces that are not stored. */
  chooseAgain: (key: string, files: readonly ChosenFile[], handles?: FileHandles) => void;
  /** Lets the browser read the sharer's files again, where it keeps the way to them. */
  allowAgain: (key: string, follow: FollowReading) => void;
  /** Stops sharing or downloading and deletes what is stored of it. */
  forget: (key: string) => void;
  /** How many others are to hold every piece of one's own share: 1 to 5. */
  setCopies: (key: string, copies: number) => void;
  /** Looks closely at a card, some times a second, until what it returns is called. Undefined: there is nothing to see. */
  look: (key: string, onSight: (sight: Sight | undefined) => void) => () => void;
  /** Remembers how a person likes cards. */
  setDetails: (areShown: boolean) => void;
  /** Asks the browser where it has not been asked. Called from within a click. */
  setDoneNotices: (areOn: boolean) => void;
  /** When one's own share ends. It may be chosen anew until it has. */
  setEnd: (key: string, choice: EndChoice) => void;
  volunteer: (settings: VolunteerSettings) => void;
  /** For this tab, and remembered in this browser. */
  setRates: (rates: RateSettings) => void;
  setRelayOnly: (isOnly: boolean) => void;
  /** Deletes everything kept for others, and stops volunteering. */
  forgetVolunteered: () => void;
  copy: (text: string) => Promise<boolean>;
  /** Opens the system's share sheet with a link; undefined where the browser has none. */
  passOn: ((title: string, link: string) => void) | undefined;
  /** Made here, so that no other site learns the link. Undefined where a part of the page cannot be fetched. */
  drawQrCode: (text: string) => Promise<QrCode | undefined>;
  dismissNotice: () => void;
  /** Shares what was offered, or lets it be. */
  answerOffer: (isWanted: boolean) => void;
  install: () => void;
  /** Forgets the downloads that are complete and saved. */
  clearFinished: () => void;
  /** Forgets everything, in every tab of this browser. */
  clearAll: () => void;
}

export interface App {
  readonly actions: AppActions;
  state: () => AppState;
  /** Calls back after changes, at most once a frame. Returns the unsubscriber. */
  subscribe: (listener: () => void) => () => void;
}
