import type { FileId } from '../../shared/share/file-id.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type {
  FindResult,
  TrackerClient,
  TrackerSession,
} from '../../shared/swarm/ports/tracker-client.ts';
import type { CardStatus, Problem, ShareCard } from './app-state.ts';
import type { SwarmCounts } from './card-transfer.ts';
import type { OpenedShare } from './open-share.ts';
import type { Browser } from './ports/browser.ts';
import type { Saver } from './ports/saver.ts';
import { formatFileId, formatLink } from '../../shared/share/file-id.ts';
import { countHolders, NO_COUNTS, NO_TRANSFER } from './card-transfer.ts';
import { findShortage } from './find-shortage.ts';
import { openShare } from './open-share.ts';

const FIRST_ASK_MS = 2_000;
const MAX_ASK_MS = 10_000;

export interface SharePreviewOptions {
  readonly fileId: FileId;
  readonly tracker: TrackerClient;
  readonly clock: Clock;
  readonly browser: Pick<Browser, 'origin' | 'measureRoom'>;
  readonly saver: Pick<Saver, 'canSave'>;
  readonly onChange: () => void;
}

/** An opened link before anything is downloaded: asks the tracker what it stands for and who has it. */
export class SharePreview {
  readonly #options: SharePreviewOptions;
  readonly #session: TrackerSession;
  #status: CardStatus = { kind: 'looking' };
  #counts: SwarmCounts = NO_COUNTS;
  #share: OpenedShare | undefined;
  #shortage: Problem | undefined;
  #askDelayMs = FIRST_ASK_MS;
  #cancelAsk: () => void = () => {};
  #isDisposed = false;
  #isWanted = false;

  constructor(options: SharePreviewOptions) {
    this.#options = options;
    this.#session = options.tracker.join(options.fileId.shareId, {
      onWelcome: () => void this.#ask(),
      onDown: () => this.#cancelAsk(),
      onSignal: () => {},
    });
  }

  get shareId(): ShareId {
    return this.#options.fileId.shareId;
  }

  /** Set once the share is known to be what the link says. */
  get share(): OpenedShare | undefined {
    return this.#share;
  }

  /** Download was pressed: to be started as soon as the share is known. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  want(): void {
    this.#isWanted = true;
    if (this.#status.kind === 'ready') this.#status = { kind: 'waiting-for-peers' };
    this.#options.onChange();
  }

  /** It is being found out which tab downloads it. */
  begin(): void {
    if (this.#status.kind === 'connecting') return;
    this.#status = { kind: 'connecting' };
    this.#options.onChange();
  }

  get counts(): SwarmCounts {
    return this.#counts;
  }

  card(): ShareCard {
    const { fileId, browser } = this.#options;
    const summary = this.#share?.summary;
    return {
      key: fileId.shareId,
      role: 'receiver',
      name: summary?.name ?? 'Shared files',
      fileCount: summary?.fileCount ?? 0,
      totalBytes: summary?.totalBytes ?? 0,
      fileId: formatFileId(fileId),
      link: formatLink(browser.origin, fileId),
      status:
        this.#status.kind === 'ready' && this.#shortage !== undefined
          ? { kind: 'ready', shortage: this.#shortage }
          : this.#status,
      transfer: { ...NO_TRANSFER, ...this.#counts },
      files: undefined,
      copies: undefined,
    };
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#cancelAsk();
    this.#session.leave();
  }

  async #ask(): Promise<void> {
    this.#cancelAsk();
    const result = await this.#session.find();
    if (this.#isDisposed) return;
    await this.#take(result);
    if (this.#isDisposed) return;
    this.#options.onChange();
    if (this.#status.kind === 'failed') return;
    this.#cancelAsk = this.#options.clock.schedule(this.#askDelayMs, () => void this.#ask());
    this.#askDelayMs = Math.min(this.#askDelayMs * 1.5, MAX_ASK_MS);
  }

  async #take(result: FindResult): Promise<void> {
    if (result.kind === 'unavailable') return;
    if (result.kind === 'unknown-share') {
      this.#counts = NO_COUNTS;
      this.#status = { kind: this.isWanted ? 'waiting-for-peers' : 'ready' };
      return;
    }
    this.#counts = countHolders(result);
    const { secret, shareId } = this.#options.fileId;
    if (this.#share === undefined) {
      const opened = await openShare(secret, shareId, result.header);
      if (opened.kind === 'opened') {
        this.#share = opened.share;
        void this.#lookForShortage(opened.share);
      }
      this.#status =
        opened.kind === 'opened' ? { kind: 'ready' } : { kind: 'failed', problem: opened.problem };
    }
  }

  /** It may take some time to tell what the browser can do, and nothing waits for it. */
  async #lookForShortage({ summary }: OpenedShare): Promise<void> {
    const { saver, browser, onChange } = this.#options;
    this.#shortage = await findShortage(summary.totalBytes, saver, browser);
    if (!this.#isDisposed) onChange();
  }
}
