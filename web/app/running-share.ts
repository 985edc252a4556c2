import type {
  ChosenFile,
  EndChoice,
  FileChoice,
  FileHandles,
  FollowReading,
  ShareCard,
} from './app-state.ts';
import type { Saver } from './ports/saver.ts';
import type { ReadableShare } from './readable-share.ts';
import type { Sight } from './sight.ts';

/** A share that runs in this browser, wherever it is taken care of: here, or in another tab. */
export interface RunningShare {
  /** For looking at its files, where that can be done now. The same object as long as the share stays what it is. */
  readonly readable: ReadableShare | undefined;
  card: () => ShareCard;
  pause: () => void;
  resume: () => void;
  /** As the browser's download, or into a place that a person has picked. */
  save: (files: FileChoice, place?: Saver) => Promise<void>;
  /** Fetches these files and no others from now on. */
  want: (files: FileChoice) => void;
  chooseAgain: (chosen: readonly ChosenFile[], handles?: FileHandles) => Promise<void>;
  allowAgain: (follow: FollowReading) => Promise<void>;
  /** How many others are to hold every piece of one's own share. */
  setCopies: (copies: number) => void;
  /** A closer look. Undefined while there is nothing to see. */
  sight: () => Promise<Sight | undefined>;
  /** When one's own share ends. */
  setEnd: (choice: EndChoice) => Promise<void>;
  /** Called now and then. Returns whether the card may have changed. */
  refresh: () => boolean;
  /** Removes it from this browser; of a share that was only saved here, its card alone. */
  forget: () => Promise<void>;
}
