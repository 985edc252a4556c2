import type { FileEntry } from '../../shared/share/file-index.ts';
import type { Header } from '../../shared/share/header.ts';
import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import type { FileChoice } from './app-state.ts';
import type { WantedPart } from './ports/share-records.ts';
import { SavedFiles } from './saved-files.ts';
import { computeWantedPart } from './wanted-part.ts';

/** What a receiver wants of a share, and what was saved of it. */
export class ReceiverWants {
  readonly #header: Header;
  #part: WantedPart | undefined;
  /** Of the share, once its list is here. */
  #fileCount: number | undefined;
  readonly #saved = new SavedFiles();
  /** To be saved by itself once it is all here. */
  #due: FileChoice | undefined;

  /** Without a part everything is wanted. `savedBefore` are files that were saved, whether all that is wanted was or not. */
  constructor(
    header: Header,
    part: WantedPart | undefined,
    isSaved: boolean,
    savedBefore: FileChoice = [],
  ) {
    this.#header = header;
    this.#part = part;
    this.#saved.add(savedBefore);
    if (isSaved) this.#saved.add(this.all);
    this.#due = this.#computeDue();
  }

  get part(): WantedPart | undefined {
    return this.#part;
  }

  /** The file list alone is wanted: somebody is to choose. */
  get isChoosing(): boolean {
    return this.#part?.files.length === 0;
  }

  get isSaved(): boolean {
    return this.#due === undefined && !this.isChoosing;
  }

  /** What was saved, whether it is wanted or not. */
  get saved(): FileChoice {
    return this.#saved.files;
  }

  /** What to save as soon as it is here; undefined where that was done, or nothing was chosen. */
  get due(): FileChoice | undefined {
    return this.#due;
  }

  get ranges(): readonly PieceRange[] {
    return this.#part?.ranges ?? [[0, this.#header.geometry.pieceCount - 1]];
  }

  /** Files to save when all is to be saved. */
  get all(): FileChoice {
    return this.#part?.files ?? 'all';
  }

  change(entries: readonly FileEntry[], choice: FileChoice): void {
    this.#part = computeWantedPart(this.#header, entries, choice);
    this.#fileCount = entries.length;
    this.#due = this.#computeDue();
  }

  /** The file list is here: what of everything was not saved is known. */
  recordList(entries: readonly FileEntry[]): void {
    this.#fileCount = entries.length;
    this.#due = this.#computeDue();
  }

  /** Everything, also before the file list is here. */
  wantAll(): void {
    this.#part = undefined;
    this.#due = this.#computeDue();
  }

  /**
   * `saved` are the files themselves, as `all` or `due` gave them: a person may have chosen others since. Returns whether
   * nothing is left to be saved.
   */
  recordSaved(saved: FileChoice): boolean {
    this.#saved.add(saved);
    this.#due = this.#computeDue();
    return this.isSaved;
  }

  /** Of nothing, nothing is due. */
  #computeDue(): FileChoice | undefined {
    return this.#saved.findDue(this.all, this.#fileCount);
  }
}
