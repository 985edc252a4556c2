import type { CopyTarget } from '../../shared/share/copy-target.ts';
import type { FileEntry } from '../../shared/share/file-index.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { TrackerClient } from '../../shared/swarm/ports/tracker-client.ts';
import type { Transport } from '../../shared/swarm/ports/transport.ts';
import type { FileChoice, Problem } from './app-state.ts';
import type { SavePlaces, Saver } from './ports/saver.ts';
import type { ShareRecord, WantedPart } from './ports/share-records.ts';
import type { SharerFiles, ShareStores } from './ports/share-stores.ts';
import { SavedFiles } from './saved-files.ts';

export interface LiveShareParts {
  readonly tracker: TrackerClient;
  /** Loaded when first needed. Rejects where a part of the page cannot be fetched. */
  readonly findTransport: () => Promise<Transport>;
  readonly stores: ShareStores;
  readonly saver: Saver;
  readonly places: SavePlaces;
  readonly clock: Clock;
  readonly seed: () => number;
  /** What this browser is called in a share; undefined where it remembers nothing. */
  readonly nameHolder: (shareId: ShareId) => Promise<string | undefined>;
  readonly origin: string;
}

/** Who this tab is in the share: the one who made it, or one who fetches it. */
export type LiveRole =
  | {
      readonly kind: 'sharer';
      readonly signingKey: CryptoKey;
      readonly files: SharerFiles | undefined;
      readonly entries: readonly FileEntry[];
      readonly copyTarget: CopyTarget | undefined;
    }
  | {
      readonly kind: 'receiver';
      readonly isSaved: boolean;
      /** What was saved before, wanted or not. */
      readonly savedFiles?: FileChoice | undefined;
      readonly wanted?: WantedPart | undefined;
    };

/** What a tab has saved of a share while another tab took care of it. */
interface SavedHere {
  /** It was to save all of it. */
  readonly isWanted: boolean;
  /** Undefined where it was not to save it, and has not. */
  readonly isSavedHere: boolean | undefined;
  readonly savedFiles: FileChoice;
}

export function computeLiveRole(
  { part }: ShareRecord,
  mirrored: SavedHere | undefined,
  files: SharerFiles | undefined,
): LiveRole {
  if (part.role === 'receiver') {
    const { saved, savedFiles, wanted } = part;
    if (mirrored?.isSavedHere === undefined) {
      return { kind: 'receiver', isSaved: saved, savedFiles, wanted };
    }
    const all = new SavedFiles();
    all.add(mirrored.savedFiles);
    // What another tab has saved is no concern of one that was to save it as well.
    if (!mirrored.isWanted) all.add(savedFiles ?? []);
    return { kind: 'receiver', isSaved: mirrored.isSavedHere, savedFiles: all.files, wanted };
  }
  const { signingKey, files: entries, copyTarget } = part;
  return { kind: 'sharer', signingKey, files, entries, copyTarget };
}

export interface LiveShareEvents {
  readonly onChange: () => void;
  readonly onNotice: (problem: Problem) => void;
  /** The browser stores no more. */
  readonly onFull: () => void;
  /** Whether that is all that is wanted, and all that was saved by now. */
  readonly onSaved: (isSaved: boolean, savedFiles: FileChoice) => void;
  /** A person chose other files, which are not saved yet or are, and what was saved of all. */
  readonly onWanted: (
    wanted: WantedPart | undefined,
    isSaved: boolean,
    savedFiles: FileChoice,
  ) => void;
  /** Somebody says that the sharer has said when the share ends. */
  readonly onEnd: (end: Bytes) => void;
}
