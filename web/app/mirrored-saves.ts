import type { FileEntry } from '../../shared/share/file-index.ts';
import type { SealedPieceSource } from '../../shared/share/share-stream.ts';
import type { CardChoice, FileChoice, Problem } from './app-state.ts';
import type { Answer } from './mirror-messages.ts';
import type { OpenedShare } from './open-share.ts';
import type { Saver } from './ports/saver.ts';
import type { SaveWish } from './save-wish.ts';
import { isSameChoice } from './file-choice.ts';
import { isSameWish } from './save-wish.ts';
import { SavedFiles } from './saved-files.ts';
import { ShareSaver } from './share-saver.ts';

/** What is to be saved, until that has ended. */
interface SaveTask {
  readonly wish: SaveWish;
  /** For who pressed Download in this tab: what was not saved of everything that is wanted. */
  readonly isByItself: boolean;
  /** To be saved once all of it is there; being asked whether it is; being saved, or waiting for its turn. */
  state: 'due' | 'asking' | 'saving';
}

export interface MirroredSavesOptions {
  readonly share: OpenedShare;
  readonly source: SealedPieceSource;
  readonly saver: Saver;
  /** Whether Download was pressed in this tab: then it saves the share once all of it is there. */
  readonly isWanted: boolean;
  readonly findFiles: () => Promise<readonly FileEntry[] | undefined>;
  /** Has the tab that takes care of the share look whether these are there. */
  readonly askWhole: (files: FileChoice) => Promise<Answer | undefined>;
  readonly onChange: () => void;
  readonly onNotice: (problem: Problem) => void;
  /** What a person has just asked for is not all there. */
  readonly onMissing: () => void;
}

/** What a tab saves for itself of a share that another tab takes care of, from the pieces that the other reads. */
export class MirroredSaves {
  readonly #options: MirroredSavesOptions;
  readonly #saver: ShareSaver;
  readonly #tasks = new Set<SaveTask>();
  readonly #saved = new SavedFiles();
  /** As the other tab last said. */
  #wanted: FileChoice = 'all';
  #fileCount: number | undefined;
  /** What was not saved when everything was to be saved last: whatever came of that, it is not done by itself again. */
  #tried: FileChoice | undefined;

  constructor(options: MirroredSavesOptions) {
    this.#options = options;
    const { share, saver, source, onChange, onNotice } = options;
    this.#saver = new ShareSaver(share, saver, source, { onChange, onProblem: onNotice });
  }

  /** All that is wanted, and not nothing. */
  get isSaved(): boolean {
    const isNothing = this.#wanted !== 'all' && this.#wanted.length === 0;
    return !isNothing && this.#unsaved === undefined;
  }

  /** By this tab, wanted or not. */
  get savedFiles(): FileChoice {
    return this.#saved.files;
  }

  /** What a person has asked for and what has not ended, what is being saved included. */
  get undone(): readonly SaveWish[] {
    return [...this.#tasks].filter(({ isByItself }) => !isByItself).map(({ wish }) => wish);
  }

  /** Of what is being saved, or undefined. */
  get percent(): number | undefined {
    return this.#saver.percent;
  }

  /** It is being asked whether something that is to be saved is there. */
  get isPreparing(): boolean {
    return [...this.#tasks].some(({ state }) => state === 'asking');
  }

  abort(): void {
    this.#saver.abort();
  }

  async save(wish: SaveWish): Promise<void> {
    const same = [...this.#tasks].find((task) => !task.isByItself && isSameWish(task.wish, wish));
    if (same !== undefined && same.state !== 'due') return;
    if (wish.files === 'all') {
      // It is the same.
      for (const task of this.#tasks) if (isBegunByItself(task)) this.#tasks.delete(task);
    }
    await this.#carryOut(same ?? this.#add(wish, false), this.#options.onMissing);
  }

  /** How things stand in the other tab. What broke off because something was missing is tried again once it is there. */
  look(isComplete: boolean, choice: CardChoice | undefined): void {
    if (choice !== undefined) {
      this.#wanted = choice.wanted;
      this.#fileCount = choice.states.length;
    }
    if (!isComplete) {
      this.#tried = undefined;
      return;
    }
    if (this.#options.isWanted) this.#addUnsaved();
    for (const task of this.#tasks) if (task.state === 'due') void this.#carryOut(task);
  }

  #addUnsaved(): void {
    const unsaved = this.#unsaved;
    if (unsaved === undefined || isSameChoice(unsaved, this.#tried)) return;
    if (![...this.#tasks].some(({ wish }) => wish.files === 'all')) {
      this.#add({ files: 'all' }, true);
    }
  }

  #add(wish: SaveWish, isByItself: boolean): SaveTask {
    const task: SaveTask = { wish, isByItself, state: 'due' };
    this.#tasks.add(task);
    return task;
  }

  async #carryOut(task: SaveTask, onMissing?: () => void): Promise<void> {
    const { askWhole, findFiles, onChange } = this.#options;
    const { files, place } = task.wish;
    task.state = 'asking';
    const answer = await askWhole(files);
    // A person has asked for the same meanwhile.
    if (!this.#tasks.has(task)) return;
    if (answer?.kind !== 'whole' || !answer.isWhole) {
      task.state = 'due';
      if (answer !== undefined) onMissing?.();
      return;
    }
    task.state = 'saving';
    const unsaved = this.#saved.findDue(answer.files, this.#fileCount);
    if (files === 'all') this.#tried = unsaved;
    const which = task.isByItself ? unsaved : answer.files;
    const onSaved = (): void => {
      if (files === 'all' && which !== undefined) this.#saved.add(which);
    };
    try {
      if (which !== undefined) await this.#saver.save({ which, findFiles, place, onSaved });
    } finally {
      this.#tasks.delete(task);
      onChange();
    }
  }

  get #unsaved(): FileChoice | undefined {
    return this.#saved.findDue(this.#wanted, this.#fileCount);
  }
}

function isBegunByItself({ isByItself, state }: SaveTask): boolean {
  return isByItself && state !== 'saving';
}
