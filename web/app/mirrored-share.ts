import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { CardStatus, ChosenFile, Problem, ShareCard } from './app-state.ts';
import type { MirroredCard, MirrorMessage } from './mirror-messages.ts';
import type { OpenedShare } from './open-share.ts';
import type { Browser } from './ports/browser.ts';
import type { Saver } from './ports/saver.ts';
import type { TabChannel } from './ports/tab-channel.ts';
import type { RunningShare } from './running-share.ts';
import { formatFileId, formatLink } from '../../shared/share/file-id.ts';
import { NO_TRANSFER } from './card-transfer.ts';
import { nameMirrorChannel } from './mirror-messages.ts';
import { PROBLEMS } from './problems.ts';
import { ShareFiles } from './share-files.ts';
import { ShareSaver } from './share-saver.ts';

/** The tab that takes care of the share reads a piece from its disk, at worst from a slow one. */
const READ_TIMEOUT_MS = 20_000;

export interface MirroredShareOptions {
  readonly share: OpenedShare;
  /** Whether Download was pressed in this tab: then it saves the share once all of it is there. */
  readonly isWanted: boolean;
  readonly saver: Saver;
  readonly clock: Clock;
  readonly browser: Pick<Browser, 'origin' | 'openChannel'>;
  readonly onChange: () => void;
  readonly onNotice: (problem: Problem) => void;
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
  readonly #channel: TabChannel<MirrorMessage>;
  readonly #saver: ShareSaver;
  readonly #files: ShareFiles;
  readonly #reads = new Map<number, PieceRead>();
  #seen: MirroredCard | undefined;
  #hasTried = false;
  #isSaved = false;

  constructor(options: MirroredShareOptions) {
    this.#options = options;
    const { share, saver, onChange, onNotice } = options;
    const source = { get: (piece: number) => this.#read(piece) };
    this.#saver = new ShareSaver(share, saver, source, { onChange, onProblem: onNotice });
    this.#files = new ShareFiles(share, source, () => this.#isComplete, {
      onChange,
      onBroken: () => onNotice(PROBLEMS.badIndex),
    });
    this.#channel = options.browser.openChannel<MirrorMessage>(
      nameMirrorChannel(share.shareId),
      (message) => this.#hear(message),
    );
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
    const transfer = this.#seen?.transfer ?? NO_TRANSFER;
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
      files: this.#seen?.files,
    };
  }

  pause(): void {
    if (!this.isGuest) this.#channel.post({ kind: 'wish', wish: { action: 'pause' } });
  }

  resume(): void {
    if (!this.isGuest) this.#channel.post({ kind: 'wish', wish: { action: 'resume' } });
  }

  async chooseAgain(files: readonly ChosenFile[]): Promise<void> {
    this.#channel.post({ kind: 'wish', wish: { action: 'chooseAgain', files } });
  }

  /** Only the tab that takes care of the files asks for them. */
  async allowAgain(): Promise<void> {}

  async save(which: number | 'all'): Promise<void> {
    if (!this.#isComplete) return;
    const isSaved = await this.#saver.save(() => this.#files.find(), which);
    if (isSaved && which === 'all') this.#isSaved = true;
    this.#options.onChange();
  }

  refresh(): boolean {
    this.#channel.post({ kind: 'look' });
    return false;
  }

  async forget(): Promise<void> {
    if (!this.isGuest) this.#channel.post({ kind: 'wish', wish: { action: 'forget' } });
    this.dispose();
  }

  dispose(): void {
    this.#saver.abort();
    for (const read of this.#reads.values()) read.end(undefined);
    this.#channel.close();
  }

  get #isComplete(): boolean {
    const kind = this.#seen?.status.kind;
    return kind === 'complete' || kind === 'verifying' || kind === 'sharing';
  }

  get #status(): CardStatus {
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
    else if (message.kind === 'piece') this.#reads.get(message.piece)?.end(message.sealed);
    else if (message.kind === 'gone' || isForgetting(message, this.isGuest)) this.#options.onGone();
  }

  #see(card: MirroredCard): void {
    const isFirst = this.#seen === undefined;
    this.#seen = card;
    if (isFirst) this.#options.onRole(card.role);
    // What broke off because something was missing is tried again once it is there.
    if (!this.#isComplete && !this.#isSaved) this.#hasTried = false;
    if (this.#options.isWanted && this.#isComplete && !this.#hasTried) {
      this.#hasTried = true;
      void this.save('all');
    }
    this.#options.onChange();
  }

  /** Two who want the same piece at once wait for the same answer. */
  #read(piece: number): Promise<Bytes | undefined> {
    const known = this.#reads.get(piece);
    if (known !== undefined) return known.answer;
    const read = new PieceRead(this.#options.clock, () => this.#reads.delete(piece));
    this.#reads.set(piece, read);
    this.#channel.post({ kind: 'read', piece });
    return read.answer;
  }
}

/** Another tab that shows the share was told to forget it; nobody may be there to say that it is gone. */
function isForgetting(message: MirrorMessage, isGuest: boolean): boolean {
  return message.kind === 'wish' && message.wish.action === 'forget' && !isGuest;
}

/** One piece that the other tab was asked for; nothing where it does not answer. */
class PieceRead {
  readonly answer: Promise<Bytes | undefined>;
  end: (sealed: Bytes | undefined) => void = () => {};

  constructor(clock: Clock, onEnd: () => void) {
    this.answer = new Promise((resolve) => {
      const cancel = clock.schedule(READ_TIMEOUT_MS, () => this.end(undefined));
      this.end = (sealed) => {
        cancel();
        onEnd();
        resolve(sealed);
      };
    });
  }
}
