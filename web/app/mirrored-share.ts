import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type {
  CardFile,
  CardStatus,
  ChosenFile,
  FileChoice,
  EndChoice,
  FileHandles,
  Problem,
  ShareCard,
  Transfer,
} from './app-state.ts';
import type { MirroredCard, MirrorMessage } from './mirror-messages.ts';
import type { OpenedShare } from './open-share.ts';
import type { Browser } from './ports/browser.ts';
import type { SavePlaces, Saver } from './ports/saver.ts';
import type { ReadableShare } from './readable-share.ts';
import type { RunningShare } from './running-share.ts';
import type { SaveWish } from './save-wish.ts';
import type { Sight } from './sight.ts';
import { formatFileId, formatLink } from '../../shared/share/file-id.ts';
import { NO_TRANSFER } from './card-transfer.ts';
import { computeMirroredStatus, isCompleteThere } from './mirrored-status.ts';
import { computeStoppedTransfer } from './resting-transfer.ts';
import { MirrorLine } from './mirror-line.ts';
import { MirroredSaves } from './mirrored-saves.ts';
import { describeMissing, PROBLEMS } from './problems.ts';
import { ShareFiles } from './share-files.ts';

export interface MirroredShareOptions {
  readonly share: OpenedShare;
  /** Whether Download was pressed in this tab: then it saves the share once all of it is there. */
  readonly isWanted: boolean;
  readonly saver: Saver;
  readonly places: Pick<SavePlaces, 'kinds'>;
  readonly clock: Clock;
  readonly browser: Pick<Browser, 'origin' | 'openChannel' | 'seed'>;
  readonly onChange: () => void;
  readonly onNotice: (problem: Problem | undefined) => void;
  /** What it is for this browser is known, for the first time. */
  readonly onRole: (role: ShareCard['role']) => void;
  /** Forgotten by this browser. */
  readonly onGone: () => void;
}

/**
 * A share that another tab of this browser takes care of: one swarm and one store for all of them. This tab shows what
 * that one says, hands over what a person asks for here, and saves for itself from the pieces that the other reads.
 */
export class MirroredShare implements RunningShare {
  readonly kind = 'mirrored';
  readonly #options: MirroredShareOptions;
  readonly #line: MirrorLine;
  readonly #saves: MirroredSaves;
  readonly #readable: ReadableShare;
  /** For saving, read from the share itself. */
  readonly #files: ShareFiles;
  /** For the card, as the other tab shows them. */
  #shownFiles: readonly CardFile[] | undefined;
  #isAskingForFiles = false;
  #seen: MirroredCard | undefined;
  #hasAskedForAll = false;

  constructor(options: MirroredShareOptions) {
    this.#options = options;
    const { share, isWanted, saver, clock, browser, onChange, onNotice } = options;
    const source = { get: (piece: number) => this.#read(piece) };
    this.#files = new ShareFiles(
      share,
      source,
      () => this.#seen?.hasFiles === true || this.#isComplete,
      {
        onChange,
        onBroken: () => onNotice(PROBLEMS.badIndex),
      },
    );
    const findFiles = () => this.#files.find();
    this.#saves = new MirroredSaves({
      share,
      source,
      saver,
      isWanted,
      findFiles,
      askWhole: (files) => this.#line.ask({ kind: 'whole', files }),
      onChange,
      onNotice,
      onMissing: () => onNotice(describeMissing(this.#seen?.role ?? 'receiver')),
    });
    this.#readable = { share, source, findFiles, has: () => this.#isWhole, focus: () => {} };
    this.#line = new MirrorLine({
      shareId: share.shareId,
      clock,
      browser,
      onMessage: (message) => this.#hear(message),
    });
    this.refresh();
  }

  /** Once all of it is there: another tab does not fetch in an order that this one asks for. */
  get readable(): ReadableShare | undefined {
    return this.#isWhole ? this.#readable : undefined;
  }

  get shareId(): ShareId {
    return this.#options.share.shareId;
  }

  /**
   * The files are this browser's own, or nobody has said yet that they are not: another tab shares what this one was
   * asked to download, and a person who is done with the download is not done with the sharing.
   */
  get isGuest(): boolean {
    return this.#options.isWanted && this.#seen?.role !== 'receiver';
  }

  /** Whether what this tab was to save is saved; undefined where that was never its part. */
  get isSavedHere(): boolean | undefined {
    const { isSaved } = this.#saves;
    return this.#options.isWanted || isSaved ? isSaved : undefined;
  }

  /** Download was pressed in this tab. */
  get isWanted(): boolean {
    return this.#options.isWanted;
  }

  /** What this tab has saved, of all that was wanted then. */
  get savedFiles(): FileChoice {
    return this.#saves.savedFiles;
  }

  /** What a person has asked this tab to save and has not got: to be gone on with where the tab takes over. */
  get undone(): readonly SaveWish[] {
    return this.#saves.undone;
  }

  card(): ShareCard {
    const { share, browser } = this.#options;
    const { name, fileCount, totalBytes } = share.summary;
    return {
      key: share.shareId,
      role: this.#role,
      name,
      fileCount,
      totalBytes,
      fileId: formatFileId(share),
      link: formatLink(browser.origin, share),
      hasPassword: share.hasPassword,
      status: this.#status,
      transfer: this.#transfer,
      files: this.#shownFiles,
      canPreview: this.#role === 'receiver' && this.#isWhole,
      choice: this.#seen?.choice,
      places: this.#options.places.kinds,
      end: this.#seen?.end,
      downloads: this.#seen?.downloads,
      copies: this.#seen?.copies,
      ...(this.#saves.percent === undefined ? { isElsewhere: true } : {}),
      ...(this.#isOwn ? { isGuest: true } : {}),
    };
  }

  pause(): void {
    if (!this.isGuest) this.#line.wish('pause');
  }

  resume(): void {
    this.#line.wish('resume');
  }

  setCopies(copies: number): void {
    this.#line.wishCopies(copies);
  }

  async setEnd(choice: EndChoice): Promise<void> {
    this.#line.wishEnd(choice);
  }

  async chooseAgain(files: readonly ChosenFile[], handles?: FileHandles): Promise<void> {
    const answer = await this.#line.ask({ kind: 'choice', files, handles });
    if (answer?.kind !== 'choice') return;
    this.#options.onNotice(answer.isTaken ? undefined : PROBLEMS.otherFiles);
  }

  /** Only the tab that takes care of the files asks for them. */
  async allowAgain(): Promise<void> {}

  want(files: FileChoice): void {
    if (!this.isGuest) this.#line.wishFor(files);
  }

  async save(files: FileChoice, place?: Saver): Promise<void> {
    const isOffered = this.#isComplete || files !== 'all' || place !== undefined;
    if (isOffered) await this.#saves.save({ files, place });
  }

  async sight(): Promise<Sight | undefined> {
    const answer = await this.#line.ask({ kind: 'sight' });
    return answer?.kind === 'sight' ? answer.sight : undefined;
  }

  refresh(): boolean {
    this.#line.look();
    return this.#line.isSilent;
  }

  async forget(): Promise<void> {
    if (!this.isGuest) this.#line.wish('forget');
    this.dispose();
  }

  dispose(): void {
    this.#saves.abort();
    this.#line.close();
  }

  /** It was to be downloaded here, and another tab shares it. */
  get #isOwn(): boolean {
    return this.isGuest && this.#seen !== undefined;
  }

  get #role(): ShareCard['role'] {
    return this.isGuest ? 'receiver' : (this.#seen?.role ?? 'receiver');
  }

  get #isComplete(): boolean {
    return isCompleteThere(this.#seen?.status);
  }

  /** Every file, and not only those that were chosen. */
  get #isWhole(): boolean {
    return this.#isComplete && this.#seen?.choice?.isPart !== true;
  }

  /** Of a tab that stands still nothing moves. What the sharer holds has not been downloaded. */
  get #transfer(): Transfer {
    const seen = this.#seen?.transfer ?? NO_TRANSFER;
    const transfer = this.#line.isSilent ? computeStoppedTransfer(seen) : seen;
    if (!this.#isOwn) return transfer;
    const goalBytes = this.#options.share.summary.totalBytes;
    return this.#isComplete
      ? { ...transfer, goalBytes, heldBytes: goalBytes, percent: 100 }
      : { ...transfer, goalBytes, heldBytes: 0, percent: 0 };
  }

  get #status(): CardStatus {
    return computeMirroredStatus({
      seen: this.#seen?.status,
      isSilent: this.#line.isSilent,
      savingPercent: this.#saves.percent,
      isPreparing: this.#saves.isPreparing,
      isSavedHere: this.isSavedHere,
    });
  }

  #hear(message: MirrorMessage): void {
    if (message.kind === 'card') this.#see(message.card);
    else if (message.kind === 'gone' || isForgetting(message, this.isGuest)) this.#options.onGone();
  }

  #see(card: MirroredCard): void {
    const isFirst = this.#seen === undefined;
    this.#seen = card;
    if (isFirst) this.#options.onRole(card.role);
    if (card.choice?.isPart === true && this.#options.isWanted) this.#askForAll();
    if (card.hasFiles && this.#shownFiles === undefined) void this.#askForFiles();
    this.#saves.look(this.#isComplete, card.choice);
    this.#options.onChange();
  }

  /** Download was pressed here, and means everything. What is chosen in any tab later is left alone. */
  #askForAll(): void {
    if (this.#hasAskedForAll) return;
    this.#hasAskedForAll = true;
    this.#line.wishFor('all');
  }

  async #askForFiles(): Promise<void> {
    if (this.#isAskingForFiles) return;
    this.#isAskingForFiles = true;
    const answer = await this.#line.ask({ kind: 'files' });
    this.#isAskingForFiles = false;
    if (answer?.kind !== 'files') return;
    this.#shownFiles = answer.files;
    this.#options.onChange();
  }

  async #read(piece: number): Promise<Bytes | undefined> {
    const answer = await this.#line.ask({ kind: 'piece', piece });
    return answer?.kind === 'piece' ? answer.sealed : undefined;
  }
}

/** Another tab that shows the share was told to forget it; nobody may be there to say that it is gone. */
function isForgetting(message: MirrorMessage, isGuest: boolean): boolean {
  return message.kind === 'wish' && message.wish === 'forget' && !isGuest;
}
