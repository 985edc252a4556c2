import type { FileEntry } from '../../shared/share/file-index.ts';
import type { SealedPieceSource } from '../../shared/share/share-stream.ts';
import type { FileChoice, Problem } from './app-state.ts';
import type { Answer } from './mirror-messages.ts';
import type { OpenedShare } from './open-share.ts';
import type { Saver } from './ports/saver.ts';
import { isAmong } from './file-choice.ts';
import { PROBLEMS } from './problems.ts';
import { ShareSaver } from './share-saver.ts';

interface SaveWish {
  readonly files: FileChoice;
  readonly place?: Saver | undefined;
  /** A person asked for it, and did not just press Download. */
  readonly isAsked: boolean;
}

/** For who pressed Download in this tab. */
const EVERYTHING: SaveWish = { files: 'all', isAsked: false };

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
}

/** What a tab saves for itself of a share that another tab takes care of, from the pieces that the other reads. */
export class MirroredSaves {
  readonly #options: MirroredSavesOptions;
  readonly #saver: ShareSaver;
  /** To be saved once all of it is there. */
  readonly #due = new Set<SaveWish>();
  /** Of which it is being asked whether they are there. */
  readonly #preparing = new Set<SaveWish>();
  /** What this tab has saved of all that was wanted then. */
  #saved: FileChoice | undefined;

  constructor(options: MirroredSavesOptions) {
    this.#options = options;
    const { share, saver, source, onChange, onNotice } = options;
    this.#saver = new ShareSaver(share, saver, source, { onChange, onProblem: onNotice });
    if (options.isWanted) this.#due.add(EVERYTHING);
  }

  get isSaved(): boolean {
    return this.#saved !== undefined;
  }

  /** Of what is being saved, or undefined. */
  get percent(): number | undefined {
    return this.#saver.percent;
  }

  /** It is being asked whether something that is to be saved is there. */
  get isPreparing(): boolean {
    return this.#preparing.size > 0;
  }

  abort(): void {
    this.#saver.abort();
  }

  /** As the browser's download, or into a place that a person has picked. */
  async save(files: FileChoice, place?: Saver): Promise<void> {
    const isSame = (wish: SaveWish): boolean =>
      wish.place === place && String(wish.files) === String(files);
    if (![...this.#preparing].some(isSame)) await this.#carryOut({ files, place, isAsked: true });
  }

  /** How things stand in the other tab. What broke off because something was missing is tried again once it is there. */
  look(isComplete: boolean, wanted: FileChoice | undefined): void {
    if (wanted !== undefined && !isAmong(wanted, this.#saved)) this.#saved = undefined;
    if (!isComplete && this.#options.isWanted && !this.isSaved) this.#due.add(EVERYTHING);
    if (isComplete) for (const wish of this.#due) void this.#carryOut(wish);
  }

  async #carryOut(wish: SaveWish): Promise<void> {
    if (this.#preparing.has(wish)) return;
    const { askWhole, findFiles, onChange, onNotice } = this.#options;
    const { files, place, isAsked } = wish;
    this.#preparing.add(wish);
    const answer = await askWhole(files);
    this.#preparing.delete(wish);
    if (answer?.kind !== 'whole' || !answer.isWhole) {
      if (isAsked && answer !== undefined && !this.#due.has(wish)) onNotice(PROBLEMS.piecesGone);
      this.#due.add(wish);
      return;
    }
    this.#due.delete(wish);
    // It is the same.
    if (files === 'all') this.#due.delete(EVERYTHING);
    const onSaved = (): void => {
      if (files === 'all') this.#saved = answer.files;
    };
    await this.#saver.save({ which: answer.files, findFiles, place, onSaved });
    onChange();
  }
}
