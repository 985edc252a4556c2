import type { FileEntry } from '../../shared/share/file-index.ts';
import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import type { SealedPieceSource } from '../../shared/share/share-stream.ts';
import type { SwarmRunner } from '../../shared/swarm/runner.ts';
import type { RunnerSnapshot } from '../../shared/swarm/swarm-snapshot.ts';
import type { CardChoice, CardFile, FileChoice } from './app-state.ts';
import type { LiveRole, LiveShareEvents } from './live-share-parts.ts';
import type { OpenedShare } from './open-share.ts';
import type { Saver } from './ports/saver.ts';
import type { SaveWish } from './save-wish.ts';
import { uniteRanges } from '../../shared/share/piece-ranges.ts';
import { FILE_HERE, FILE_UNWANTED } from './file-choice.ts';
import { CardChoices } from './card-choice.ts';
import { describeMissing } from './problems.ts';
import { ReceiverWants } from './receiver-wants.ts';
import { isSameWish } from './save-wish.ts';
import { ShareFiles } from './share-files.ts';
import { ShareSaver } from './share-saver.ts';
import { findFileRanges } from './wanted-part.ts';

interface Runner extends Pick<SwarmRunner, 'has' | 'heldChanges' | 'recheck' | 'instruct'> {
  snapshot: () => Pick<RunnerSnapshot, 'isComplete'>;
  /** Nothing is fetched. */
  readonly isResting?: boolean;
}

export interface FileDeskOptions {
  readonly share: OpenedShare;
  readonly role: LiveRole;
  readonly source: SealedPieceSource;
  readonly saver: Saver;
  readonly runner: () => Runner;
  readonly events: LiveShareEvents;
  /** The sharer sealed something else in place of a file list. */
  readonly onBrokenList: () => void;
}

/** The files of a share that runs here: which are wanted, which are here, and how they are saved. */
export class FileDesk {
  readonly #options: FileDeskOptions;
  readonly #files: ShareFiles;
  readonly #saver: ShareSaver;
  readonly #choices: CardChoices;
  /** Of a receiver. */
  readonly #wants: ReceiverWants | undefined;
  /** Saves that have begun, with the look at what is stored that comes first. */
  #saveCount = 0;
  /** Asked for when some of it was not here: saved once all that is wanted is. */
  #waiting: readonly SaveWish[] = [];
  /** Asked for, and being carried out. */
  readonly #underway = new Set<SaveWish>();
  #catchingUp: Promise<void> = Promise.resolve();
  /** Pieces beside the wanted ones: of files that are to be saved, and were here although they were not chosen. */
  #alsoWanted: readonly PieceRange[] = [];

  constructor(options: FileDeskOptions) {
    const { share, role, source, saver, runner, events, onBrokenList } = options;
    this.#options = options;
    this.#files = new ShareFiles(share, source, (piece) => runner().has(piece), {
      onChange: events.onChange,
      onBroken: onBrokenList,
    });
    this.#saver = new ShareSaver(share, saver, source, {
      onChange: events.onChange,
      onProblem: events.onNotice,
    });
    this.#choices = new CardChoices(share.header);
    if (role.kind === 'sharer') this.#files.set(role.entries);
    else {
      const { wanted, isSaved, savedFiles } = role;
      this.#wants = new ReceiverWants(share.header, wanted, isSaved, savedFiles);
    }
  }

  /** For the card, once the list is here. */
  get shown(): readonly CardFile[] | undefined {
    return this.#files.shown;
  }

  get choice(): CardChoice | undefined {
    const runner = this.#options.runner();
    if (this.#wants === undefined) return undefined;
    return this.#choices.card(this.#files.entries, this.#wants.part, runner);
  }

  /** What the wanted files have together. */
  get goalBytes(): number {
    return this.#wants?.part?.bytes ?? this.#options.share.summary.totalBytes;
  }

  get wantedRanges(): readonly PieceRange[] {
    const { pieceCount } = this.#options.share.header.geometry;
    const ranges = this.#wants?.ranges ?? [[0, pieceCount - 1]];
    return this.#alsoWanted.length === 0 ? ranges : uniteRanges(ranges, this.#alsoWanted);
  }

  /** All that is to be saved when everything is. */
  get wantedFiles(): FileChoice {
    return this.#wants?.all ?? 'all';
  }

  get isSaved(): boolean {
    return this.#wants?.isSaved === true;
  }

  /** The file list alone is wanted, to choose from. */
  get isChoosing(): boolean {
    return this.#wants?.isChoosing === true;
  }

  /** Of what is being saved or about to be, or undefined. */
  get savingPercent(): number | undefined {
    return this.#saver.percent ?? (this.#saveCount > 0 ? 0 : undefined);
  }

  /** The list, read now if it was not before. */
  find(): Promise<readonly FileEntry[] | undefined> {
    return this.#files.find();
  }

  /** As the share comes to rest: what was asked for goes on with it. */
  abortSaving(): void {
    for (const wish of this.#underway) this.#keepWaiting(wish);
    this.#saver.abort();
  }

  /** Whether these are here still, before a download breaks off. What the browser has thrown away is fetched again. */
  async checkWhole(files: FileChoice): Promise<boolean> {
    const { runner } = this.#options;
    await runner().recheck('keys');
    if (files !== 'all') await this.find();
    const { choice } = this;
    // Where nothing can be chosen, as of one's own files, what is here is everything.
    if (files === 'all' || choice === undefined) return this.#isComplete && !this.isChoosing;
    const gone = files.filter((file) => choice.states[file] !== FILE_HERE);
    if (gone.some((file) => choice.states[file] === FILE_UNWANTED)) this.#fetchAlso(gone);
    return gone.length === 0;
  }

  #fetchAlso(files: readonly number[]): void {
    const { share, runner } = this.#options;
    const ranges = findFileRanges(share.header, this.#files.entries ?? []);
    this.#alsoWanted = uniteRanges(
      this.#alsoWanted,
      files.flatMap((file) => (ranges[file] === undefined ? [] : [ranges[file]])),
    );
    runner().instruct({ type: 'want-only', ranges: this.wantedRanges });
  }

  /** A receiver wants these files from now on, and no others. */
  async want(files: FileChoice): Promise<void> {
    const { runner, events } = this.#options;
    const wants = this.#wants;
    const entries = await this.find();
    if (wants === undefined || (files !== 'all' && entries === undefined)) return;
    if (entries === undefined) wants.wantAll();
    else wants.change(entries, files);
    this.#alsoWanted = [];
    events.onWanted(wants.part, wants.isSaved, wants.saved);
    const wasComplete = this.#isComplete;
    runner().instruct({ type: 'want-only', ranges: wants.ranges });
    // Nobody else tells of what was here before.
    if (wasComplete && this.#isComplete) this.recordComplete();
    events.onChange();
  }

  /** As the browser's download, or into a place that a person has picked. */
  save(files: FileChoice, place?: Saver): Promise<void> {
    const { role, runner, events } = this.#options;
    return this.#asSave(async () => {
      if (await this.#carryOut({ files, place })) return;
      // Of a share that stands still nothing is fetched before it goes on.
      if (runner().isResting !== true) events.onNotice(describeMissing(role.kind));
    });
  }

  /** Asked for in this tab while another one took care of the share, and gone on with once it runs here. */
  takeOver(wishes: readonly SaveWish[]): void {
    for (const wish of wishes) this.#keepWaiting(wish);
  }

  /** It runs: what waits may be here, whether all that is wanted is or not. */
  recordBegun(): void {
    if (this.#isComplete) this.recordComplete();
    else if (this.#waiting.length > 0) this.#catchUpNext();
  }

  /** Everything wanted is here: what was not saved is saved now. */
  recordComplete(): void {
    this.#dropAlsoWanted();
    if (this.#wants?.due !== undefined || this.#waiting.length > 0) this.#catchUpNext();
    this.#options.events.onChange();
  }

  /** It is here by now, and stays. */
  #dropAlsoWanted(): void {
    if (this.#alsoWanted.length === 0) return;
    this.#alsoWanted = [];
    this.#options.runner().instruct({ type: 'want-only', ranges: this.wantedRanges });
  }

  #catchUpNext(): void {
    const before = this.#catchingUp;
    const catchUp = () => this.#catchUp();
    this.#catchingUp = this.#asSave(() => before.then(catchUp, catchUp));
  }

  /** The card says so from the beginning: what is complete is not announced twice, before it is saved and after. */
  async #asSave(work: () => Promise<void>): Promise<void> {
    this.#saveCount += 1;
    try {
      await work();
    } finally {
      this.#saveCount -= 1;
      this.#options.events.onChange();
    }
  }

  async #catchUp(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    // What a download broke off for may be here again before that has come to its end.
    await this.#saver.ended;
    if (this.#wants?.due === 'all') {
      const entries = await this.find();
      if (entries !== undefined) this.#wants.recordList(entries);
    }
    const everything = waiting.filter(({ files }) => files === 'all');
    for (const wish of everything) await this.#carryOut(wish);
    // Who asked for everything has asked for what was to be saved by itself, and whatever came of that was told.
    const isDue = this.#isComplete && everything.length === 0;
    const due = isDue ? this.#wants?.due : undefined;
    const done = due === undefined ? undefined : { files: due };
    if (done !== undefined) await this.#save(done, true);
    for (const wish of waiting) {
      const isDone = wish.files === 'all' || (done !== undefined && isSameWish(wish, done));
      if (!isDone) await this.#carryOut(wish);
    }
  }

  /** Returns false where it waits, because some of it is not here. */
  async #carryOut(wish: SaveWish): Promise<boolean> {
    this.#underway.add(wish);
    try {
      const isSaved = await this.#save(wish, wish.files === 'all');
      if (!isSaved) this.#keepWaiting(wish);
      return isSaved;
    } finally {
      this.#underway.delete(wish);
    }
  }

  #keepWaiting(wish: SaveWish): void {
    const isKnown = this.#waiting.some((other) => isSameWish(other, wish));
    if (!isKnown) this.#waiting = [...this.#waiting, wish];
  }

  #spellOut({ files, place }: SaveWish): SaveWish {
    return { files: files === 'all' ? this.wantedFiles : files, place };
  }

  /**
   * Returns false where some of it is not here. `isWhole`: it is everything that a person wants, or what is new of it,
   * and not a few files of that.
   */
  async #save(wish: SaveWish, isWhole: boolean): Promise<boolean> {
    const { events } = this.#options;
    if (!(await this.checkWhole(wish.files))) return false;
    const { files: which, place } = this.#spellOut(wish);
    const findFiles = () => this.find();
    const onSaved = (): void => {
      const wants = this.#wants;
      if (isWhole && wants !== undefined) events.onSaved(wants.recordSaved(which), wants.saved);
    };
    await this.#saver.save({ which, findFiles, place, onSaved });
    return true;
  }

  get #isComplete(): boolean {
    return this.#options.runner().snapshot().isComplete;
  }
}
