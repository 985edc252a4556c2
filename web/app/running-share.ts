import type { ChosenFile, FileHandles, ShareCard } from './app-state.ts';

/** A share that runs in this browser, wherever it is taken care of: here, or in another tab. */
export interface RunningShare {
  card: () => ShareCard;
  pause: () => void;
  resume: () => void;
  save: (which: number | 'all') => Promise<void>;
  chooseAgain: (chosen: readonly ChosenFile[], handles?: FileHandles) => Promise<void>;
  allowAgain: () => Promise<void>;
  /** How many others are to hold every piece of one's own share. */
  setCopies: (copies: number) => void;
  /** Called now and then. Returns whether the card may have changed. */
  refresh: () => boolean;
  /** Removes it from this browser; of a share that was only saved here, its card alone. */
  forget: () => Promise<void>;
}
