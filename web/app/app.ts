import type { FileId } from '../../shared/share/file-id.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { App, AppActions, AppState, ChosenFile, Problem } from './app-state.ts';
import type { SwarmCounts } from './card-transfer.ts';
import type { LiveRole, LiveShareParts } from './live-share-parts.ts';
import type { OpenedShare } from './open-share.ts';
import type { Browser } from './ports/browser.ts';
import type { ShareRecord, ShareRecords } from './ports/share-records.ts';
import type { SharerFiles } from './ports/share-stores.ts';
import type { ObservedTracker } from './ports/tracker-status.ts';
import { findFileId, formatFileId } from '../../shared/share/file-id.ts';
import { LiveShare } from './live-share.ts';
import { makeShare } from './make-share.ts';
import { matchFiles } from './match-files.ts';
import { openShare } from './open-share.ts';
import { describeFileIdViolation, PROBLEMS } from './problems.ts';
import { SharePreview } from './share-preview.ts';
import { Shelf } from './shelf.ts';
import { Subscribers } from './subscribers.ts';

const REFRESH_MS = 500;
/** How long an opened link waits for what is remembered of it; the page before a reload may still have it. */
const RESUME_MS = 1_000;
const NO_COUNTS: SwarmCounts = { holderCount: 0, seederCount: 0 };

export interface AppParts extends Omit<LiveShareParts, 'origin' | 'seed' | 'tracker'> {
  readonly tracker: ObservedTracker;
  readonly records: ShareRecords;
  readonly browser: Browser;
}

/** The page's use cases. One card a share: first a preview of an opened link, then the share itself. */
export class PeerifyApp implements App {
  readonly actions: AppActions;
  readonly #parts: AppParts;
  readonly #shelf: Shelf;
  readonly #subscribers: Subscribers;
  /** Oldest first. */
  readonly #cards = new Map<string, SharePreview | LiveShare>();
  /** Remembered shares, until this tab takes care of them or some time has passed. */
  readonly #resuming = new Map<ShareId, Promise<void>>();
  #notice: Problem | undefined;

  constructor(parts: AppParts) {
    this.#parts = parts;
    this.#shelf = new Shelf(parts.records, parts.browser, parts.clock);
    this.#subscribers = new Subscribers(parts.clock);
    this.actions = {
      share: (files) => void this.#share(files),
      open: (text) => void this.#open(text),
      download: (key) => void this.#download(key),
      pause: (key) => this.#pause(key),
      resume: (key) => this.#resume(key),
      save: (key) => void this.#live(key)?.save('all'),
      saveFile: (key, fileNumber) => void this.#live(key)?.save(fileNumber),
      chooseAgain: (key, files) => void this.#chooseAgain(key, files),
      forget: (key) => void this.#forget(key),
      copy: (text) => parts.browser.copy(text),
      dismissNotice: () => this.#setNotice(undefined),
    };
  }

  state(): AppState {
    return {
      environment: { kind: 'ready' },
      tracker: this.#parts.tracker.status,
      cards: [...this.#cards.values()].map((card) => card.card()).toReversed(),
      notice: this.#notice,
    };
  }

  subscribe(listener: () => void): () => void {
    return this.#subscribers.subscribe(listener);
  }

  /** Resumes what this browser remembers and opens the link in the address, if there is one. */
  async start(): Promise<void> {
    const { tracker, browser } = this.#parts;
    tracker.subscribe(() => this.#subscribers.notify());
    browser.onFragmentChange(() => this.#openFragment());
    this.#refreshLater();
    for (const { shareId } of await this.#shelf.list()) {
      const resumed = this.#resumeRemembered(shareId);
      this.#resuming.set(shareId, Promise.race([resumed, this.#pass(RESUME_MS)]));
    }
    this.#openFragment();
  }

  /** Now, or when the tab that takes care of the share is closed. */
  async #resumeRemembered(shareId: ShareId): Promise<void> {
    const record = await this.#shelf.take(shareId);
    if (record === undefined) return;
    const live = await this.#restore(record);
    // Damaged, or of another version: there is nothing to be done with it. What was forgotten is left alone.
    if (live === undefined) await this.#shelf.remove(shareId, async () => {});
  }

  #openFragment(): void {
    const fragment = this.#parts.browser.fragment();
    if (fragment !== '') void this.#open(fragment);
  }

  async #share(chosen: readonly ChosenFile[]): Promise<void> {
    const { browser } = this.#parts;
    const made = await makeShare(chosen, browser.epochMs());
    if (made.kind === 'refused') {
      this.#setNotice(made.problem);
      return;
    }
    this.#setNotice(undefined);
    const { record, files } = made;
    const adding = this.#shelf.add(record);
    const live = await this.#restore(record, files);
    browser.requestPersistence();
    await adding;
    await live?.keepSmall();
  }

  /** Puts a share on the shelf to work, unless it is forgotten while it is being opened. */
  async #restore(record: ShareRecord, files?: SharerFiles): Promise<LiveShare | undefined> {
    const opened = await openShare(record.secret, record.shareId, record.header);
    if (opened.kind === 'refused' || !this.#shelf.record(record.shareId)) return undefined;
    const shown = this.#cards.get(record.shareId);
    // Opened here while another tab took care of it.
    if (shown instanceof LiveShare) return shown;
    shown?.dispose();
    const { part, wish } = record;
    const live = this.#addLive(
      opened.share,
      part.role === 'receiver'
        ? { kind: 'receiver', isSaved: part.saved }
        : { kind: 'sharer', signingKey: part.signingKey, files, entries: part.files },
      shown?.counts ?? NO_COUNTS,
    );
    if (wish === 'run') void live.start();
    else void live.rest();
    return live;
  }

  async #open(text: string): Promise<void> {
    const found = findFileId(text);
    if (!found.ok) {
      this.#setNotice(describeFileIdViolation(found.violation));
      return;
    }
    this.#setNotice(undefined);
    const fileId = found.value;
    this.#parts.browser.setFragment(formatFileId(fileId));
    await this.#resuming.get(fileId.shareId);
    if (!this.#cards.has(fileId.shareId)) this.#addPreview(fileId);
  }

  #addPreview(fileId: FileId): void {
    const { tracker, clock, browser } = this.#parts;
    const preview = new SharePreview({
      fileId,
      origin: browser.origin,
      tracker,
      clock,
      onChange: () => {
        this.#subscribers.notify();
        if (preview.isWanted && preview.share) void this.#download(fileId.shareId);
      },
    });
    this.#cards.set(fileId.shareId, preview);
    this.#subscribers.notify();
  }

  async #download(key: string): Promise<void> {
    const preview = this.#cards.get(key);
    if (!(preview instanceof SharePreview)) return;
    const { share } = preview;
    if (share === undefined) {
      preview.want();
      return;
    }
    preview.dispose();
    const live = this.#addLive(share, { kind: 'receiver', isSaved: false }, preview.counts);
    void live.start();
    this.#parts.browser.requestPersistence();
    await this.#shelf.add({
      shareId: share.shareId,
      secret: share.secret,
      header: share.header.bytes,
      addedAtMs: this.#parts.browser.epochMs(),
      wish: 'run',
      part: { role: 'receiver', saved: false },
    });
  }

  #addLive(share: OpenedShare, role: LiveRole, counts: SwarmCounts): LiveShare {
    const { browser } = this.#parts;
    const parts = { ...this.#parts, origin: browser.origin, seed: () => browser.seed() };
    const live = new LiveShare(share, role, counts, parts, {
      onChange: () => this.#subscribers.notify(),
      onNotice: (problem) => this.#setNotice(problem),
      onSaved: () =>
        void this.#shelf.update(share.shareId, (record) => ({
          ...record,
          part: record.part.role === 'receiver' ? { role: 'receiver', saved: true } : record.part,
        })),
    });
    this.#cards.set(share.shareId, live);
    this.#subscribers.notify();
    return live;
  }

  #pause(key: string): void {
    const live = this.#live(key);
    live?.stop();
    if (live !== undefined) this.#setWish(live.share.shareId, 'pause');
  }

  #resume(key: string): void {
    const live = this.#live(key);
    void live?.start();
    if (live !== undefined) this.#setWish(live.share.shareId, 'run');
  }

  #setWish(shareId: ShareId, wish: ShareRecord['wish']): void {
    void this.#shelf.update(shareId, (record) => ({ ...record, wish }));
  }

  async #chooseAgain(key: string, chosen: readonly ChosenFile[]): Promise<void> {
    const live = this.#live(key);
    const record = live && this.#shelf.record(live.share.shareId);
    if (live === undefined || record === undefined) return;
    const files = matchFiles(record, chosen);
    this.#setNotice(files === undefined ? PROBLEMS.otherFiles : undefined);
    if (files !== undefined) await live.setFiles(files);
  }

  async #forget(key: string): Promise<void> {
    const card = this.#cards.get(key);
    this.#cards.delete(key);
    this.#subscribers.notify();
    if (card instanceof SharePreview) {
      card.dispose();
      void this.#shelf.giveUp(card.shareId);
    }
    const { browser } = this.#parts;
    const open = findFileId(browser.fragment());
    if (open.ok && open.value.shareId === key) browser.setFragment('');
    if (card instanceof LiveShare) {
      card.stop();
      await this.#shelf.remove(card.share.shareId, () => card.erase());
    }
  }

  #live(key: string): LiveShare | undefined {
    const card = this.#cards.get(key);
    return card instanceof LiveShare ? card : undefined;
  }

  #setNotice(notice: Problem | undefined): void {
    this.#notice = notice;
    this.#subscribers.notify();
  }

  #pass(durationMs: number): Promise<void> {
    return new Promise((resolve) => this.#parts.clock.schedule(durationMs, resolve));
  }

  /** Rates and times move without events. */
  #refreshLater(): void {
    this.#parts.clock.schedule(REFRESH_MS, () => {
      for (const card of this.#cards.values()) {
        if (card instanceof LiveShare && card.isRunning) {
          void card.refresh();
          this.#subscribers.notify();
        }
      }
      this.#refreshLater();
    });
  }
}
