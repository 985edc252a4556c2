import type { FileId } from '../../shared/share/file-id.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
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
import { MirroredShare } from './mirrored-share.ts';
import { openShare } from './open-share.ts';
import { PasswordGate } from './password-gate.ts';
import { PROBLEMS } from './problems.ts';
import { ShareEnding } from './share-ending.ts';

const FIRST_ASK_MS = 2_000;
const MAX_ASK_MS = 10_000;

export interface SharePreviewOptions {
  readonly fileId: FileId;
  /** What the password has given before, where this browser remembers the share. */
  readonly keySecret: Bytes | undefined;
  readonly tracker: TrackerClient;
  readonly clock: Clock;
  readonly browser: Pick<Browser, 'origin' | 'measureRoom' | 'epochMs'>;
  readonly saver: Pick<Saver, 'canSave'>;
  readonly onChange: () => void;
}

/** An opened link before anything is downloaded: asks the tracker what it stands for and who has it. */
export class SharePreview {
  readonly kind = 'preview';
  /** What may follow is loaded with it: once Download is pressed nothing has to be waited for that might not come. */
  readonly Mirror = MirroredShare;
  readonly #options: SharePreviewOptions;
  readonly #session: TrackerSession;
  readonly #gate: PasswordGate;
  #status: CardStatus = { kind: 'looking' };
  #header: Bytes | undefined;
  #counts: SwarmCounts = NO_COUNTS;
  #share: OpenedShare | undefined;
  #ending: ShareEnding | undefined;
  #shortage: Problem | undefined;
  #askDelayMs = FIRST_ASK_MS;
  #cancelAsk: () => void = () => {};
  #isDisposed = false;
  /** What a person has asked for before there was anything to download. */
  #wish: 'none' | 'run' | 'pause' = 'none';

  constructor(options: SharePreviewOptions) {
    this.#options = options;
    this.#gate = new PasswordGate(options.fileId, options.keySecret, options.onChange);
    this.#session = options.tracker.join(options.fileId.shareId, {
      onWelcome: () => void this.#ask(),
      onDown: () => this.#cancelAsk(),
      onSignal: () => {},
    });
  }

  get fileId(): FileId {
    return this.#options.fileId;
  }

  get shareId(): ShareId {
    return this.fileId.shareId;
  }

  /** Set once the share is known to be what the link says. */
  get share(): OpenedShare | undefined {
    return this.#share;
  }

  /** Download was pressed: to be started as soon as the share is known. */
  get isWanted(): boolean {
    return this.#wish === 'run';
  }

  async unlock(password: string): Promise<void> {
    await this.#gate.take(password);
    if (this.#header === undefined) this.#gate.accept();
    else await this.#open(this.#header);
    if (!this.#isDisposed) this.#options.onChange();
  }

  /** The sharer's word on when the share ends. */
  get end(): Bytes | undefined {
    return this.#ending?.statement;
  }

  want(): void {
    this.#wish = 'run';
    if (['ready', 'paused'].includes(this.#status.kind)) this.#status = this.#unknownStatus;
    this.#options.onChange();
  }

  /** It is not wanted any more, before anything has come of it. */
  pause(): void {
    if (this.#status.kind === 'connecting') return;
    this.#wish = 'pause';
    if (this.#status.kind === 'waiting-for-peers') this.#status = this.#unknownStatus;
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
      name: summary?.name ?? '',
      fileCount: summary?.fileCount ?? 0,
      totalBytes: summary?.totalBytes ?? 0,
      fileId: formatFileId(fileId),
      link: formatLink(browser.origin, fileId),
      hasPassword: fileId.hasPassword,
      status: this.#gate.status ?? this.#shownStatus,
      transfer: { ...NO_TRANSFER, ...this.#counts, goalBytes: summary?.totalBytes ?? 0 },
      files: undefined,
      canPreview: false,
      choice: undefined,
      end: this.#ending?.card,
      copies: undefined,
    };
  }

  get #shownStatus(): CardStatus {
    return this.#status.kind === 'ready' && this.#shortage !== undefined
      ? { kind: 'ready', shortage: this.#shortage }
      : this.#status;
  }

  /** While nobody has shown what the link stands for. */
  get #unknownStatus(): CardStatus {
    if (this.#wish === 'pause') return { kind: 'paused', problem: undefined };
    return { kind: this.isWanted ? 'waiting-for-peers' : 'ready' };
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
      this.#status = this.#unknownStatus;
      return;
    }
    if (result.kind === 'ended') {
      this.#fail(PROBLEMS.ended);
      return;
    }
    this.#counts = countHolders(result);
    this.#header = result.header;
    await this.#open(result.header);
    if (result.end !== undefined) await this.#ending?.hear(result.end);
    if (this.#ending?.isOver === true) this.#fail(PROBLEMS.ended);
  }

  /** Not before there is a password, where one is needed. */
  async #open(header: Bytes): Promise<void> {
    const { access } = this.#gate;
    if (this.#share !== undefined || access === undefined) return;
    const opened = await openShare(access, header);
    if (opened.kind === 'opened') {
      this.#gate.accept();
      this.#share = opened.share;
      this.#ending = new ShareEnding({
        share: opened.share,
        statement: undefined,
        epochMs: this.#options.browser.epochMs,
        tracker: { tellEnd: () => {}, forgetEnd: () => {} },
        onNews: () => {},
      });
      this.#status = { kind: 'ready' };
      void this.#lookForShortage(opened.share);
      return;
    }
    if (opened.problem.code === PROBLEMS.wrongKey.code && this.#gate.refuse()) return;
    this.#fail(opened.problem);
  }

  #fail(problem: Problem): void {
    this.#gate.end();
    this.#status = { kind: 'failed', problem };
  }

  /** It may take some time to tell what the browser can do, and nothing waits for it. */
  async #lookForShortage({ summary }: OpenedShare): Promise<void> {
    const { saver, browser, onChange } = this.#options;
    this.#shortage = await findShortage(summary.totalBytes, saver, browser);
    if (!this.#isDisposed) onChange();
  }
}
