import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type {
  CardFile,
  CardStatus,
  ChosenFile,
  FileHandles,
  Problem,
  ShareCard,
  Transfer,
} from './app-state.ts';
import type { MirroredCard, MirrorMessage } from './mirror-messages.ts';
import type { OpenedShare } from './open-share.ts';
import type { Browser } from './ports/browser.ts';
import type { Saver } from './ports/saver.ts';
import type { RunningShare } from './running-share.ts';
import { formatFileId, formatLink } from '../../shared/share/file-id.ts';
import { NO_TRANSFER } from './card-transfer.ts';
import { MirrorLine } from './mirror-line.ts';
import { PROBLEMS } from './problems.ts';
import { ShareFiles } from './share-files.ts';
import { ShareSaver } from './share-saver.ts';

export interface MirroredShareOptions {
  readonly share: OpenedShare;
  /** Whether Download was pressed in this tab: then it saves the share once all of it is there. */
  readonly isWanted: boolean;
  readonly saver: Saver;
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
  readonly #options: MirroredShareOptions;
  readonly #line: MirrorLine;
  readonly #saver: ShareSaver;
  /** For saving, read from the share itself. */
  readonly #files: ShareFiles;
  /** For the card, as the other tab shows them. */
  #shownFiles: readonly CardFile[] | undefined;
  #isAskingForFiles = false;
  #seen: MirroredCard | undefined;
  /** To be saved once all of it is there. */
  #due: number | 'all' | undefined;
  #isPreparing = false;
  #isSaved = false;

  constructor(options: MirroredShareOptions) {
    this.#options = options;
    const { share, saver, clock, browser, onChange, onNotice } = options;
    this.#due = options.isWanted ? 'all' : undefined;
    const source = { get: (piece: number) => this.#read(piece) };
    this.#saver = new ShareSaver(share, saver, source, { onChange, onProblem: onNotice });
    this.#files = new ShareFiles(share, source, () => this.#isComplete, {
      onChange,
      onBroken: () => onNotice(PROBLEMS.badIndex),
    });
    this.#line = new MirrorLine({
      shareId: share.shareId,
      clock,
      browser,
      onMessage: (message) => this.#hear(message),
    });
    this.refresh();
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
    return this.#options.isWanted || this.#isSaved ? this.#isSaved : undefined;
  }

  card(): ShareCard {
    const { share, browser } = this.#options;
    const { name, fileCount, totalBytes } = share.summary;
    const transfer = this.#transfer;
    return {
      key: share.shareId,
      role: this.isGuest ? 'receiver' : (this.#seen?.role ?? 'receiver'),
      name,
      fileCount,
      totalBytes,
      fileId: formatFileId(share),
      link: formatLink(browser.origin, share),
      status: this.#status,
      transfer:
        this.isGuest && this.#isComplete
          ? { ...transfer, heldBytes: totalBytes, percent: 100 }
          : transfer,
      files: this.#shownFiles,
      copies: this.#seen?.copies,
    };
  }

  pause(): void {
    if (!this.isGuest) this.#line.wish('pause');
  }

  resume(): void {
    if (!this.isGuest) this.#line.wish('resume');
  }

  setCopies(copies: number): void {
    this.#line.wishCopies(copies);
  }

  async chooseAgain(files: readonly ChosenFile[], handles?: FileHandles): Promise<void> {
    const answer = await this.#line.ask({ kind: 'choice', files, handles });
    if (answer?.kind !== 'choice') return;
    this.#options.onNotice(answer.isTaken ? undefined : PROBLEMS.otherFiles);
  }

  /** Only the tab that takes care of the files asks for them. */
  async allowAgain(): Promise<void> {}

  async save(which: number | 'all'): Promise<void> {
    if (!this.#isComplete || this.#isPreparing) return;
    this.#due = undefined;
    this.#isPreparing = true;
    const answer = await this.#line.ask({ kind: 'whole' });
    this.#isPreparing = false;
    if (answer?.kind !== 'whole' || !answer.isWhole) {
      this.#due = which;
      return;
    }
    const isSaved = await this.#saver.save(() => this.#files.find(), which);
    if (isSaved && which === 'all') this.#isSaved = true;
    this.#options.onChange();
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
    this.#saver.abort();
    this.#line.close();
  }

  get #isComplete(): boolean {
    const kind = this.#seen?.status.kind;
    return kind === 'complete' || kind === 'verifying' || kind === 'sharing';
  }

  /** Of a tab that stands still nothing moves. */
  get #transfer(): Transfer {
    const transfer = this.#seen?.transfer ?? NO_TRANSFER;
    if (!this.#line.isSilent) return transfer;
    const { heldBytes, percent, sentBytes } = transfer;
    return { ...NO_TRANSFER, heldBytes, percent, sentBytes };
  }

  get #status(): CardStatus {
    if (this.#line.isSilent) return { kind: 'waiting-for-tab' };
    if (this.#seen === undefined) return { kind: 'connecting' };
    if (this.#saver.percent !== undefined) {
      return { kind: 'verifying', percent: this.#saver.percent };
    }
    const { status } = this.#seen;
    const saved = this.isSavedHere;
    if (saved !== undefined && this.#isComplete) return { kind: 'complete', saved };
    return this.isGuest && status.kind !== 'failed' ? { kind: 'looking' } : status;
  }

  #hear(message: MirrorMessage): void {
    if (message.kind === 'card') this.#see(message.card);
    else if (message.kind === 'gone' || isForgetting(message, this.isGuest)) this.#options.onGone();
  }

  #see(card: MirroredCard): void {
    const isFirst = this.#seen === undefined;
    this.#seen = card;
    if (isFirst) this.#options.onRole(card.role);
    if (card.hasFiles && this.#shownFiles === undefined) void this.#askForFiles();
    // What broke off because something was missing is tried again once it is there.
    if (!this.#isComplete && this.#options.isWanted && !this.#isSaved) this.#due = 'all';
    if (this.#isComplete && this.#due !== undefined) void this.save(this.#due);
    this.#options.onChange();
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
