/** Everything the page shows. Views are functions of it; only use cases change it. */
export interface AppState {
  readonly environment: Environment;
  readonly tracker: 'connecting' | 'up' | 'down';
  /** Newest first. */
  readonly cards: readonly ShareCard[];
  /** Something that concerns the page as a whole, until dismissed: a damaged link, a drop of nothing. */
  readonly notice: Problem | undefined;
  /** What this browser keeps for others; undefined until it is known. */
  readonly volunteering: VolunteerState | undefined;
}

export type Environment =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unsupported'; readonly problem: Problem };

/** One plain sentence, and one that says what to do next. */
export interface Problem {
  readonly code: string;
  readonly sentence: string;
  readonly advice: string;
}

export interface ShareCard {
  /** The share ID: one card a share. */
  readonly key: string;
  readonly role: 'sharer' | 'receiver';
  /** Display name, cleaned; names the card. */
  readonly name: string;
  readonly fileCount: number;
  readonly totalBytes: number;
  readonly fileId: string;
  readonly link: string;
  readonly status: CardStatus;
  readonly transfer: Transfer;
  /** Known to the sharer at once, to a receiver once the index is there. */
  readonly files: readonly CardFile[] | undefined;
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

export type CardStatus =
  /** An opened link: the tracker is being asked. */
  | { readonly kind: 'looking' }
  /** An opened link: found, and waiting for a press of Download, with what may come in its way. */
  | { readonly kind: 'ready'; readonly shortage?: Problem }
  | { readonly kind: 'waiting-for-peers' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'downloading' }
  /** Every piece is here; checking and saving. `percent` of what is being saved. */
  | { readonly kind: 'verifying'; readonly percent: number }
  | { readonly kind: 'complete'; readonly saved: boolean }
  | { readonly kind: 'sharing' }
  /** After a reload the sharer has only some of the pieces: choose the same files again for the rest. */
  | {
      readonly kind: 'sharing-stored';
      readonly missingBytes: number;
      /** The browser keeps the way to the files, and reads them again once a person allows it. */
      readonly canAllow: boolean;
    }
  /** Another tab of this browser takes care of the share, and does not answer. */
  | { readonly kind: 'waiting-for-tab' }
  | { readonly kind: 'paused'; readonly problem: Problem | undefined }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface Transfer {
  /** Verified bytes held here, 0 to totalBytes, and the same as 0 to 100, rounded down. */
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
  /** Opens a pasted file ID or link. */
  open: (fileIdOrLink: string) => void;
  download: (key: string) => void;
  pause: (key: string) => void;
  resume: (key: string) => void;
  /** All files as the browser's download: one as it is, several as one zip. */
  save: (key: string) => void;
  /** One file of several, by its place in `files`. */
  saveFile: (key: string, fileNumber: number) => void;
  /** The sharer's files again, after a reload, for the pieces that are not stored. */
  chooseAgain: (key: string, files: readonly ChosenFile[], handles?: FileHandles) => void;
  /** Lets the browser read the sharer's files again, where it keeps the way to them. */
  allowAgain: (key: string) => void;
  /** Stops sharing or downloading and deletes what is stored of it. */
  forget: (key: string) => void;
  /** How many others are to hold every piece of one's own share: 1 to 5. */
  setCopies: (key: string, copies: number) => void;
  volunteer: (settings: VolunteerSettings) => void;
  /** Deletes everything kept for others, and stops volunteering. */
  forgetVolunteered: () => void;
  copy: (text: string) => Promise<boolean>;
  dismissNotice: () => void;
}

export interface App {
  readonly actions: AppActions;
  state: () => AppState;
  /** Calls back after changes, at most once a frame. Returns the unsubscriber. */
  subscribe: (listener: () => void) => () => void;
}
