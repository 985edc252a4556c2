import type { ChosenFile, FileHandles } from '../app-state.ts';

/** The way back to the sharer's files over a reload, where the browser keeps one. */
export interface KeptFiles {
  /** What lies there now. Undefined where a person has to allow it anew, or it cannot be read. Asks nobody. */
  read: (handles: FileHandles) => Promise<readonly ChosenFile[] | undefined>;
  /** Asks a person, who has just pressed something. */
  ask: (handles: FileHandles) => Promise<boolean>;
}
