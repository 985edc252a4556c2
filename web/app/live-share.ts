import type { CopyTarget } from '../../shared/share/copy-target.ts';
import type { PieceStore, StoreError } from '../../shared/swarm/ports/piece-store.ts';
import type { Problem, ShareCard } from './app-state.ts';
import type { Phase } from './card-status.ts';
import type { SwarmCounts } from './card-transfer.ts';
import type { LiveRole, LiveShareEvents, LiveShareParts } from './live-share-parts.ts';
import type { OpenedShare } from './open-share.ts';
import type { SharerFiles, SharerStore } from './ports/share-stores.ts';
import { formatFileId, formatLink } from '../../shared/share/file-id.ts';
import { StoreError as StoreFailure } from '../../shared/swarm/ports/piece-store.ts';
import { SwarmRunner } from '../../shared/swarm/runner.ts';
import { computeCardStatus } from './card-status.ts';
import { computeTransfer } from './card-transfer.ts';
import { eraseShare } from './erase-share.ts';
import { MUTE_TRACKER } from './mute-tracker.ts';
import { describeStoreError, PROBLEMS } from './problems.ts';
import { FileDesk } from './file-desk.ts';
import { openSharerStore } from './open-sharer-store.ts';
import { RunningPieces } from './running-pieces.ts';
import { RestingPieces } from './resting-pieces.ts';
import { ShareCopies } from './share-copies.ts';
import { ShareRates } from './share-rates.ts';
import { StorePause } from './store-pause.ts';
import { StoredCopy } from './stored-copy.ts';
import { createTrackerReport } from './tracker-report.ts';

/** One share running in this tab: its swarm, its store, and what a person can do with it. */
export class LiveShare {
  readonly share: OpenedShare;
  readonly role: LiveRole['kind'];
  readonly #parts: LiveShareParts;
  readonly #events: LiveShareEvents;
  readonly #store: PieceStore;
  readonly #sharerStore: SharerStore | undefined;
  readonly storedCopy: StoredCopy | undefined;
  readonly #copies: ShareCopies | undefined;
  readonly files: FileDesk;
  readonly source = new RunningPieces(() => this.#pieces);
  /** The file list, or undefined where it cannot be read yet. */
  readonly findFiles = () => this.files.find();
  readonly rates = new ShareRates(() => this.#runner);
  readonly storePause: StorePause;

  #phase: Phase = { kind: 'starting' };
  #runner: SwarmRunner | undefined;
  #counts: SwarmCounts;
  /** While it does not run. */
  readonly #resting: RestingPieces;
  #isStarting = false;
  #isOver = false;

  constructor(
    share: OpenedShare,
    role: LiveRole,
    counts: SwarmCounts,
    parts: LiveShareParts,
    events: LiveShareEvents,
  ) {
    this.share = share;
    this.role = role.kind;
    this.#parts = parts;
    this.#events = events;
    this.#counts = counts;
    this.storePause = new StorePause({
      clock: parts.clock,
      hasRoom: (byteLength) => parts.stores.hasRoom(byteLength),
      missingBytes: () => this.#resting.missingBytes,
      goOn: () => void this.start(),
    });
    this.files = new FileDesk({
      share,
      role,
      source: this.source,
      saver: parts.saver,
      runner: () => this.#pieces,
      events,
      onBrokenList: () => this.#fail(PROBLEMS.badIndex),
    });
    if (role.kind === 'sharer') {
      const onFilesLost = (error: StoreError) => this.#recordStoreFailure(error);
      this.#sharerStore = openSharerStore(share, role, parts.stores, onFilesLost);
      const isWanted = () => this.isRunning;
      this.storedCopy = new StoredCopy(this.#sharerStore, share.header.geometry, isWanted);
      this.#copies = new ShareCopies(share, role.signingKey, role.copyTarget);
    }
    this.#store =
      this.#sharerStore ?? parts.stores.pieces(share.shareId, share.membership.verifyPiece);
    this.#resting = new RestingPieces(this.#store, share.header.geometry, () => this.files);
  }

  card(): ShareCard {
    const { share } = this;
    const snapshot = this.#runner?.snapshot();
    return {
      key: share.shareId,
      role: this.role,
      name: share.summary.name,
      fileCount: share.summary.fileCount,
      totalBytes: share.summary.totalBytes,
      fileId: formatFileId(share),
      link: formatLink(this.#parts.origin, share),
      hasPassword: share.hasPassword,
      status: computeCardStatus({
        phase: this.#phase,
        role: this.role,
        snapshot,
        savingPercent: this.files.savingPercent,
        isSaved: this.files.isSaved,
        isChoosing: this.files.isChoosing,
        isOver: this.#isOver,
        restsComplete: this.#resting.snapshot().isComplete,
      }),
      transfer:
        snapshot === undefined
          ? { ...this.#resting.transfer, ...this.#counts }
          : computeTransfer(snapshot, this.files.goalBytes, this.#counts),
      files: this.files.shown,
      choice: this.files.choice,
      places: this.#parts.places.kinds,
      canPreview: this.role === 'receiver' && snapshot !== undefined,
      end: undefined,
      copies: snapshot && this.#copies?.card(snapshot),
    };
  }

  /** While it runs. */
  get runner(): SwarmRunner | undefined {
    return this.#runner;
  }

  get #pieces(): SwarmRunner | RestingPieces {
    return this.#runner ?? this.#resting;
  }

  get isRunning(): boolean {
    return this.#runner !== undefined;
  }

  /** Joins the swarm. What prevents it shows in the card. */
  async start(): Promise<void> {
    if (['running', 'failed', 'ended'].includes(this.#phase.kind)) return;
    this.storePause.end();
    this.#setPhase({ kind: 'starting' });
    if (this.#isStarting) return;
    this.#isStarting = true;
    try {
      await this.#join();
    } finally {
      this.#isStarting = false;
    }
  }

  async #join(): Promise<void> {
    const { tracker, clock, seed, nameHolder } = this.#parts;
    const transport = await this.#parts.findTransport().catch(() => undefined);
    if (transport === undefined) {
      this.stop(PROBLEMS.pageIncomplete);
      return;
    }
    const holderId = await nameHolder(this.share.shareId);
    const statement = await this.#copies?.sign();
    try {
      const runner = await SwarmRunner.start({
        membership: this.share.membership,
        isSharer: this.role === 'sharer',
        store: this.#store,
        wanted: this.files.wantedRanges,
        tracker: this.#isOver ? MUTE_TRACKER : tracker,
        transport,
        clock,
        seed: seed(),
        ...(holderId === undefined ? {} : { holderId }),
        ...(this.#copies === undefined ? {} : { signDistrust: this.#copies.signDistrust }),
        events: {
          onComplete: () => this.files.recordComplete(),
          onStoreFailure: (error) => this.#recordStoreFailure(error),
          ...createTrackerReport(this.#events, (counts) => (this.#counts = counts)),
        },
      });
      if (this.#phase.kind !== 'starting') {
        runner.stop();
        return;
      }
      this.#runner = runner;
      // While the store was being read other files may have been chosen, and the share may have ended.
      if (this.role === 'receiver') {
        runner.instruct({ type: 'want-only', ranges: this.files.wantedRanges });
        if (this.#isOver) runner.closeDoor();
      }
      this.rates.start();
      if (statement !== undefined) runner.setTarget(this.#copies?.target.copies ?? 0, statement);
      this.#setPhase({ kind: 'running' });
      this.files.recordBegun();
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      this.#recordStoreFailure(error);
    }
  }

  /** Stays paused after a reload, and shows what is stored. */
  async rest(): Promise<void> {
    this.stop();
    await this.#resting.recheck();
    await this.files.find();
    this.#events.onChange();
  }

  /** Leaves the swarm and keeps what is stored. */
  stop(problem?: Problem): void {
    if (this.#runner !== undefined) this.#resting.takeFrom(this.#runner, this.card().transfer);
    this.#runner?.stop();
    this.#runner = undefined;
    this.files.abortSaving();
    this.storePause.end();
    if (this.#phase.kind !== 'ended') this.#setPhase({ kind: 'paused', problem });
  }

  /** Leaves the swarm for good: who keeps copies for the sharer need not any longer. */
  giveUp(): void {
    const farewell = this.#copies?.farewell;
    if (farewell !== undefined) this.#runner?.setTarget(0, farewell);
    this.stop();
  }

  /** The share has ended: the sharer leaves, and a receiver goes on with those that it is connected to. */
  conclude(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.role === 'receiver') {
      this.#runner?.closeDoor();
      return;
    }
    this.giveUp();
    this.#setPhase({ kind: 'ended' });
  }

  erase(): Promise<void> {
    return eraseShare(this.share.shareId, this.#store, this.#parts.stores, this.#events.onNotice);
  }

  /** The sharer's files are there again. */
  async setFiles(files: SharerFiles): Promise<void> {
    this.#sharerStore?.setFiles(files);
    await this.reload();
  }

  /** The store holds more than it did. */
  async reload(): Promise<void> {
    await this.#runner?.reload();
    this.#events.onChange();
  }

  /** The sharer asks for more or fewer copies. */
  async setTarget(target: CopyTarget): Promise<void> {
    const statement = await this.#copies?.setTarget(target);
    if (statement !== undefined) this.#runner?.setTarget(target.copies, statement);
    this.#events.onChange();
  }

  /** What can be done now and then: read the file list when it is there, keep pieces while nobody wants any. */
  async refresh(): Promise<void> {
    const snapshot = this.#runner?.snapshot();
    if (snapshot !== undefined) this.#copies?.record(snapshot, this.#parts.clock.nowMs());
    await this.files.find();
    if (this.#runner?.snapshot().upBytesPerSecond === 0) await this.storedCopy?.keepMore();
  }

  #recordStoreFailure(error: StoreError): void {
    // What was under way when it was stopped is nobody's concern any more.
    if (this.#phase.kind === 'paused' || this.#phase.kind === 'failed') return;
    const problem = describeStoreError(error.code);
    switch (error.code) {
      case 'source-changed':
        this.#fail(problem);
        return;
      case 'source-unreadable':
        // What was sealed before can still be shared.
        this.stop();
        this.#events.onNotice(problem);
        void this.start();
        return;
      case 'quota-exceeded':
      case 'unavailable':
        this.stop(problem);
        this.storePause.begin();
        if (error.code === 'quota-exceeded') this.#events.onFull();
        return;
    }
  }

  #fail(problem: Problem): void {
    this.stop();
    this.#setPhase({ kind: 'failed', problem });
  }

  #setPhase(phase: Phase): void {
    this.#phase = phase;
    this.#events.onChange();
  }
}
