import type { ChosenFile, FileHandles, Problem, ShareCard } from './app-state.ts';
import type { LiveShare } from './live-share.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { Answer, AnswerMessage, MirrorMessage, Question, Wish } from './mirror-messages.ts';
import type { Browser } from './ports/browser.ts';
import type { KeptFiles } from './ports/kept-files.ts';
import type { ShareRecord, SharerPart } from './ports/share-records.ts';
import type { TabChannel } from './ports/tab-channel.ts';
import type { RunningShare } from './running-share.ts';
import type { Shelf } from './shelf.ts';
import { matchFiles } from './match-files.ts';
import { nameAnswerChannel, nameMirrorChannel } from './mirror-messages.ts';
import { FIRST_TARGET } from './share-copies.ts';
import { PROBLEMS } from './problems.ts';

/** However many tabs look: one picture is for all of them. */
const SHOW_EVERY_MS = 250;

export interface LedShareOptions {
  readonly live: LiveShare;
  readonly shelf: Shelf;
  readonly keptFiles: KeptFiles;
  readonly openChannel: Browser['openChannel'];
  readonly clock: Clock;
  readonly onNotice: (problem: Problem | undefined) => void;
  /** A person did it in another tab. */
  readonly onWish: (wish: Wish) => void;
}

/** A share that this tab takes care of, for all tabs of this browser. */
export class LedShare implements RunningShare {
  readonly live: LiveShare;
  readonly #options: LedShareOptions;
  readonly #channel: TabChannel<MirrorMessage>;
  #shownMs = -Infinity;

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

  async chooseAgain(chosen: readonly ChosenFile[], handles?: FileHandles): Promise<void> {
    const isTaken = await this.#take(chosen, handles);
    this.#options.onNotice(isTaken ? undefined : PROBLEMS.otherFiles);
  }

  /** Goes on with the sharer's files where the browser lets us read them without asking anybody. */
  async reopen(): Promise<void> {
    const record = this.#options.shelf.record(this.live.share.shareId);
    const chosen = this.#handles && (await this.#options.keptFiles.read(this.#handles));
    const files = record && chosen && matchFiles(record, chosen);
    if (files !== undefined) await this.live.setFiles(files);
  }

  setCopies(copies: number): void {
    const { shelf } = this.#options;
    const { shareId } = this.live.share;
    const part = shelf.record(shareId)?.part;
    if (part?.role !== 'sharer') return;
    const serial = (part.copyTarget ?? FIRST_TARGET).serial + 1;
    const copyTarget = { copies, serial };
    this.#remember({ copyTarget });
    void this.live.setTarget(copyTarget);
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
    this.live.giveUp();
    this.#channel.post({ kind: 'gone' });
    await this.#options.shelf.remove(this.live.share.shareId, () => this.live.erase());
    this.#channel.close();
  }

  get #handles(): FileHandles | undefined {
    const part = this.#options.shelf.record(this.live.share.shareId)?.part;
    return part?.role === 'sharer' ? part.handles : undefined;
  }

  #remember(change: Pick<SharerPart, 'copyTarget' | 'handles'>): void {
    const { shareId } = this.live.share;
    void this.#options.shelf.update(shareId, (record) =>
      record.part.role === 'sharer' ? { ...record, part: { ...record.part, ...change } } : record,
    );
  }

  #setWish(wish: ShareRecord['wish']): void {
    const { shareId } = this.live.share;
    void this.#options.shelf.update(shareId, (record) => ({ ...record, wish }));
  }

  /** Goes on with the sharer's files, if these are the ones, and remembers the way to them. */
  async #take(chosen: readonly ChosenFile[], handles?: FileHandles): Promise<boolean> {
    const { shelf } = this.#options;
    const { shareId } = this.live.share;
    const record = shelf.record(shareId);
    const files = record && matchFiles(record, chosen);
    if (files === undefined) return false;
    if (handles !== undefined) this.#remember({ handles });
    await this.live.setFiles(files);
    return true;
  }

  #hear(message: MirrorMessage): void {
    if (message.kind === 'look') this.#show();
    else if (message.kind === 'wish') this.#options.onWish(message.wish);
    else if (message.kind === 'copies') this.setCopies(message.copies);
    else if (message.kind === 'question') void this.#reply(message);
  }

  #show(): void {
    const nowMs = this.#options.clock.nowMs();
    if (nowMs - this.#shownMs < SHOW_EVERY_MS) return;
    this.#shownMs = nowMs;
    const { role, status, transfer, files, copies } = this.live.card();
    const card = { role, status, transfer, copies, hasFiles: files !== undefined };
    this.#channel.post({ kind: 'card', card });
  }

  async #reply({ from, number, question }: MirrorMessage & { kind: 'question' }): Promise<void> {
    const answer = await this.#answer(question);
    const name = nameAnswerChannel(this.live.share.shareId, from);
    const channel = this.#options.openChannel<AnswerMessage>(name, () => {});
    channel.post({ number, answer });
    channel.close();
  }

  async #answer(question: Question): Promise<Answer> {
    const { live } = this;
    switch (question.kind) {
      case 'files':
        return { kind: 'files', files: live.card().files };
      case 'piece': {
        const sealed = await live.source.get(question.piece).catch(() => undefined);
        return { kind: 'piece', sealed };
      }
      case 'whole':
        return { kind: 'whole', isWhole: await live.checkWhole() };
      case 'choice': {
        const isTaken = await this.#take(question.files, question.handles);
        return { kind: 'choice', isTaken };
      }
    }
  }
}
