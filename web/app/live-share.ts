import type { CopyTarget } from '../../shared/share/copy-target.ts';
import type { PieceStore, StoreError } from '../../shared/swarm/ports/piece-store.ts';
import type { SealedPieceSource } from '../../shared/share/share-stream.ts';
import type { Problem, ShareCard, Transfer } from './app-state.ts';
import type { Phase } from './card-status.ts';
import type { SwarmCounts } from './card-transfer.ts';
import type { LiveRole, LiveShareEvents, LiveShareParts } from './live-share-parts.ts';
import type { OpenedShare } from './open-share.ts';
import type { SharerFiles, SharerStore } from './ports/share-stores.ts';
import { formatFileId, formatLink } from '../../shared/share/file-id.ts';
import { StoreError as StoreFailure } from '../../shared/swarm/ports/piece-store.ts';
import { SwarmRunner } from '../../shared/swarm/runner.ts';
import { computeCardStatus } from './card-status.ts';
import { computeTransfer, countHolders, NO_TRANSFER } from './card-transfer.ts';
import { describeStoreError, PROBLEMS } from './problems.ts';
import { openSharerStore } from './open-sharer-store.ts';
import { ShareCopies } from './share-copies.ts';
import { ShareFiles } from './share-files.ts';
import { ShareSaver } from './share-saver.ts';
import { StoredCopy } from './stored-copy.ts';

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
  readonly #saver: ShareSaver;
  readonly #files: ShareFiles;
  /** Pieces for reading here. Where one is gone or altered others may be, and all of them are fetched again together. */
  readonly source: SealedPieceSource = {
    get: async (piece: number) => {
      const sealed = await this.#runner?.read(piece);
      if (sealed === undefined) await this.#runner?.recheck('bytes');
      return sealed ?? this.#runner?.read(piece);
    },
    getUnverified: async (piece) => this.#runner?.read(piece, 'stored'),
  };

  #phase: Phase = { kind: 'starting' };
  #runner: SwarmRunner | undefined;
  #counts: SwarmCounts;
  /** What was held when it last ran. */
  #restingTransfer: Transfer = NO_TRANSFER;
  #isStarting = false;
  #isSaved: boolean;

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
    this.#isSaved = role.kind === 'receiver' && role.isSaved;
    this.#files = new ShareFiles(share, this.source, (piece) => this.#runner?.has(piece) === true, {
      onChange: events.onChange,
      onBroken: () => this.#fail(PROBLEMS.badIndex),
    });
    if (role.kind === 'sharer') {
      const onFilesLost = (error: StoreError) => this.#recordStoreFailure(error);
      this.#sharerStore = openSharerStore(share, role, parts.stores, onFilesLost);
      const isWanted = () => this.isRunning;
      this.storedCopy = new StoredCopy(this.#sharerStore, share.header.geometry, isWanted);
      this.#copies = new ShareCopies(share, role.signingKey, role.copyTarget);
      this.#files.set(role.entries);
    }
    this.#saver = new ShareSaver(share, parts.saver, this.source, {
      onChange: events.onChange,
      onProblem: events.onNotice,
    });
    this.#store =
      this.#sharerStore ?? parts.stores.pieces(share.shareId, share.membership.verifyPiece);
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
      status: computeCardStatus({
        phase: this.#phase,
        role: this.role,
        snapshot,
        savingPercent: this.#saver.percent,
        isSaved: this.#isSaved,
      }),
      transfer:
        snapshot === undefined
          ? { ...this.#restingTransfer, ...this.#counts }
          : computeTransfer(snapshot, share.summary.totalBytes, this.#counts),
      files: this.#files.shown,
      copies: snapshot && this.#copies?.card(snapshot),
    };
  }

  get isRunning(): boolean {
    return this.#runner !== undefined;
  }

  /** Joins the swarm. What prevents it shows in the card. */
  async start(): Promise<void> {
    if (this.#phase.kind === 'running' || this.#phase.kind === 'failed') return;
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
        tracker,
        transport,
        clock,
        seed: seed(),
        ...(holderId === undefined ? {} : { holderId }),
        ...(this.#copies === undefined ? {} : { signDistrust: this.#copies.signDistrust }),
        events: {
          onComplete: () => this.#recordComplete(),
          onStoreFailure: (error) => this.#recordStoreFailure(error),
          onAnnounceRefused: () => this.#events.onNotice(PROBLEMS.trackerRefused),
          onFound: (result) => {
            if (result.kind === 'found') this.#counts = countHolders(result);
          },
        },
      });
      if (this.#phase.kind !== 'starting') {
        runner.stop();
        return;
      }
      this.#runner = runner;
      if (statement !== undefined) runner.setTarget(this.#copies?.target.copies ?? 0, statement);
      this.#setPhase({ kind: 'running' });
      if (runner.snapshot().isComplete) this.#recordComplete();
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      this.#recordStoreFailure(error);
    }
  }

  /** Stays paused after a reload, and shows what is stored. */
  async rest(): Promise<void> {
    this.stop();
    const held = await this.#store.held().catch(() => []);
    const portion = Math.min(1, held.length / this.share.header.geometry.pieceCount);
    const heldBytes = Math.floor(portion * this.share.summary.totalBytes);
    const percent = Math.floor(portion * 100);
    this.#restingTransfer = { ...NO_TRANSFER, heldBytes, percent };
    this.#events.onChange();
  }

  /** Leaves the swarm and keeps what is stored. */
  stop(problem?: Problem): void {
    if (this.#runner !== undefined) {
      const { heldBytes, percent, sentBytes } = this.card().transfer;
      this.#restingTransfer = { ...NO_TRANSFER, heldBytes, percent, sentBytes };
    }
    this.#runner?.stop();
    this.#runner = undefined;
    this.#saver.abort();
    this.#setPhase({ kind: 'paused', problem });
  }

  /** Leaves the swarm for good: who keeps copies for the sharer need not any longer. */
  giveUp(): void {
    const farewell = this.#copies?.farewell;
    if (farewell !== undefined) this.#runner?.setTarget(0, farewell);
    this.stop();
  }

  /** Deletes everything that this browser stores of the share. Its key must be gone before. */
  async erase(): Promise<void> {
    try {
      // What the store was still asked to write comes before this, and so is deleted with the rest.
      await this.#store.clear();
      await this.#parts.stores.clear(this.share.shareId);
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      this.#events.onNotice(describeStoreError(error.code));
    }
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
    if (this.#runner !== undefined) {
      this.#copies?.record(this.#runner.snapshot(), this.#parts.clock.nowMs());
    }
    await this.#files.find();
    if (this.#runner?.snapshot().upBytesPerSecond === 0) await this.storedCopy?.keepMore();
  }

  /** Whether all is here still, before a download breaks off. What the browser has thrown away is fetched again. */
  async checkWhole(): Promise<boolean> {
    await this.#runner?.recheck('keys');
    return this.#runner?.snapshot().isComplete === true;
  }

  async save(which: number | 'all'): Promise<void> {
    if (!(await this.checkWhole())) return;
    if (!(await this.#saver.save(() => this.#files.find(), which)) || which !== 'all') return;
    this.#isSaved = true;
    this.#events.onSaved();
    this.#events.onChange();
  }

  #recordComplete(): void {
    if (this.role === 'receiver' && !this.#isSaved) void this.#saveWhenFree();
    this.#events.onChange();
  }

  /** What a download broke off for may be here again before that has come to its end. */
  async #saveWhenFree(): Promise<void> {
    await this.#saver.ended;
    if (!this.#isSaved) await this.save('all');
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
