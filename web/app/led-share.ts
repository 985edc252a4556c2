import type { ChosenFile, FileHandles, Problem, ShareCard } from './app-state.ts';
import type { LiveShare } from './live-share.ts';
import type { MirrorMessage, Wish } from './mirror-messages.ts';
import type { Browser } from './ports/browser.ts';
import type { KeptFiles } from './ports/kept-files.ts';
import type { ShareRecord } from './ports/share-records.ts';
import type { TabChannel } from './ports/tab-channel.ts';
import type { RunningShare } from './running-share.ts';
import type { Shelf } from './shelf.ts';
import { matchFiles } from './match-files.ts';
import { nameMirrorChannel } from './mirror-messages.ts';
import { PROBLEMS } from './problems.ts';

export interface LedShareOptions {
  readonly live: LiveShare;
  readonly shelf: Shelf;
  readonly keptFiles: KeptFiles;
  readonly openChannel: Browser['openChannel'];
  readonly onNotice: (problem: Problem | undefined) => void;
  /** A person did it in another tab. */
  readonly onWish: (wish: Wish) => void;
}

/** A share that this tab takes care of, for all tabs of this browser. */
export class LedShare implements RunningShare {
  readonly live: LiveShare;
  readonly #options: LedShareOptions;
  readonly #channel: TabChannel<MirrorMessage>;

  constructor(options: LedShareOptions) {
    this.#options = options;
    this.live = options.live;
    const name = nameMirrorChannel(this.live.share.shareId);
    this.#channel = options.openChannel<MirrorMessage>(name, (message) => this.#hear(message));
  }

  card(): ShareCard {
    const card = this.live.card();
    if (card.status.kind !== 'sharing-stored') return card;
    return { ...card, status: { ...card.status, canAllow: this.#handles !== undefined } };
  }

  pause(): void {
    this.live.stop();
    this.#setWish('pause');
  }

  resume(): void {
    void this.live.start();
    this.#setWish('run');
  }

  save(which: number | 'all'): Promise<void> {
    return this.live.save(which);
  }

  async chooseAgain(chosen: readonly ChosenFile[]): Promise<void> {
    const record = this.#options.shelf.record(this.live.share.shareId);
    if (record === undefined) return;
    const files = matchFiles(record, chosen);
    this.#options.onNotice(files === undefined ? PROBLEMS.otherFiles : undefined);
    if (files !== undefined) await this.live.setFiles(files);
  }

  /** Goes on with the sharer's files where the browser lets us read them without asking anybody. */
  async reopen(): Promise<void> {
    const record = this.#options.shelf.record(this.live.share.shareId);
    const chosen = this.#handles && (await this.#options.keptFiles.read(this.#handles));
    const files = record && chosen && matchFiles(record, chosen);
    if (files !== undefined) await this.live.setFiles(files);
  }

  async allowAgain(): Promise<void> {
    const { keptFiles, onNotice } = this.#options;
    if (this.#handles === undefined) return;
    if (await keptFiles.ask(this.#handles)) {
      await this.chooseAgain((await keptFiles.read(this.#handles)) ?? []);
    } else onNotice(PROBLEMS.notAllowed);
  }

  refresh(): boolean {
    if (this.live.isRunning) void this.live.refresh();
    return this.live.isRunning;
  }

  async forget(): Promise<void> {
    this.live.stop();
    this.#channel.post({ kind: 'gone' });
    await this.#options.shelf.remove(this.live.share.shareId, () => this.live.erase());
    this.#channel.close();
  }

  get #handles(): FileHandles | undefined {
    const part = this.#options.shelf.record(this.live.share.shareId)?.part;
    return part?.role === 'sharer' ? part.handles : undefined;
  }

  #setWish(wish: ShareRecord['wish']): void {
    const { shareId } = this.live.share;
    void this.#options.shelf.update(shareId, (record) => ({ ...record, wish }));
  }

  #hear(message: MirrorMessage): void {
    if (message.kind === 'look') this.#show();
    else if (message.kind === 'wish') this.#options.onWish(message.wish);
    else if (message.kind === 'read') void this.#give(message.piece);
  }

  #show(): void {
    const { role, status, transfer, files } = this.live.card();
    this.#channel.post({ kind: 'card', card: { role, status, transfer, files } });
  }

  async #give(piece: number): Promise<void> {
    const sealed = await this.live.source.get(piece).catch(() => undefined);
    this.#channel.post({ kind: 'piece', piece, sealed });
  }
}
