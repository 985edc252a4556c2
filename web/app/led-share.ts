import type {
  ChosenFile,
  EndChoice,
  FileChoice,
  FileHandles,
  FollowReading,
  Problem,
  ShareCard,
} from './app-state.ts';
import type { LiveShare } from './live-share.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { Answer, AnswerMessage, MirrorMessage, Question, Wish } from './mirror-messages.ts';
import type { Browser } from './ports/browser.ts';
import type { Saver } from './ports/saver.ts';
import type { KeptFiles } from './ports/kept-files.ts';
import type { ShareRecord, SharerPart } from './ports/share-records.ts';
import type { TabChannel } from './ports/tab-channel.ts';
import type { ReadableShare } from './readable-share.ts';
import type { RunningShare } from './running-share.ts';
import type { ShareEnding } from './share-ending.ts';
import type { Shelf } from './shelf.ts';
import type { Sight } from './sight.ts';
import { DownloadLimit } from './download-limit.ts';
import { LazySight } from './lazy-sight.ts';
import { matchFiles } from './match-files.ts';
import { nameAnswerChannel, nameMirrorChannel } from './mirror-messages.ts';
import { FIRST_TARGET } from './share-copies.ts';
import { PROBLEMS } from './problems.ts';

/** However many tabs look: one picture is for all of them. */
const SHOW_EVERY_MS = 250;

export interface LedShareOptions {
  readonly live: LiveShare;
  readonly ending: ShareEnding;
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
  readonly kind = 'led';
  readonly live: LiveShare;
  readonly readable: ReadableShare;
  readonly #options: LedShareOptions;
  readonly #channel: TabChannel<MirrorMessage>;
  readonly #sight: LazySight;
  readonly #limit: DownloadLimit;
  #shownMs = -Infinity;

  constructor(options: LedShareOptions) {
    this.#options = options;
    this.live = options.live;
    const { share, source, findFiles } = this.live;
    this.readable = {
      share,
      source,
      findFiles,
      has: (piece) => source.has(piece),
      focus: (ranges) => source.focus(ranges),
    };
    this.#sight = new LazySight({
      runner: () => this.live.runner,
      readSealed: async () => this.live.storedCopy?.readSealed(),
      clock: options.clock,
    });
    const part = this.#sharerPart;
    this.#limit = new DownloadLimit(part?.downloads, (downloads) => this.#remember({ downloads }));
    const name = nameMirrorChannel(this.live.share.shareId);
    this.#channel = options.openChannel<MirrorMessage>(name, (message) => this.#hear(message));
    this.#look();
  }

  card(): ShareCard {
    const end = this.#options.ending.card;
    const card = { ...this.live.card(), end, downloads: this.#limit.card };
    if (card.status.kind !== 'sharing-stored') return card;
    return { ...card, status: { ...card.status, canAllow: this.#handles !== undefined } };
  }

  pause(): void {
    this.#limit.record(this.live.runner);
    this.live.stop();
    this.#setWish('pause');
  }

  resume(): void {
    void this.live.start();
    this.#setWish('run');
  }

  save(files: FileChoice, place?: Saver): Promise<void> {
    return this.live.files.save(files, place);
  }

  want(files: FileChoice): void {
    void this.live.files.want(files);
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
    const part = this.#sharerPart;
    if (part === undefined) return;
    const serial = (part.copyTarget ?? FIRST_TARGET).serial + 1;
    const copyTarget = { copies, serial };
    this.#remember({ copyTarget });
    void this.live.setTarget(copyTarget);
  }

  async setEnd(choice: EndChoice): Promise<void> {
    const part = this.#sharerPart;
    if (part === undefined) return;
    if (typeof choice === 'object') this.#limit.set(choice.downloads, this.live.runner);
    else await this.#options.ending.set(choice, part.signingKey);
    this.#look();
  }

  async allowAgain(follow: FollowReading): Promise<void> {
    const { keptFiles, onNotice } = this.#options;
    if (this.#handles === undefined) return;
    if (await keptFiles.ask(this.#handles)) {
      await this.chooseAgain((await follow(keptFiles.read(this.#handles))) ?? []);
    } else onNotice(PROBLEMS.notAllowed);
  }

  sight(): Promise<Sight | undefined> {
    return this.#sight.look();
  }

  refresh(): boolean {
    this.#limit.record(this.live.runner);
    this.#look();
    void this.live.storePause.refresh();
    if (this.live.isRunning) {
      void this.live.refresh();
      this.#sight.record();
    }
    return this.live.isRunning || this.#options.ending.card?.isOver === false;
  }

  /** The page stood still: peers, tracker and store may be gone without a word. */
  wake(): void {
    const { runner, storePause } = this.live;
    runner?.instruct({ type: 'woken' });
    void runner?.recheck('keys');
    storePause.hurry();
  }

  async forget(): Promise<void> {
    this.live.giveUp();
    this.#options.ending.forget();
    this.#channel.post({ kind: 'gone' });
    await this.#options.shelf.remove(this.live.share.shareId, () => this.live.erase());
    this.#channel.close();
  }

  /** Whether the time has come, or there were as many downloads as there may be. */
  #look(): void {
    const { ending } = this.#options;
    if (ending.isOver) this.live.conclude();
    else if (this.#limit.isReached) void this.setEnd('now');
  }

  get #sharerPart(): SharerPart | undefined {
    const part = this.#options.shelf.record(this.live.share.shareId)?.part;
    return part?.role === 'sharer' ? part : undefined;
  }

  get #handles(): FileHandles | undefined {
    return this.#sharerPart?.handles;
  }

  #remember(change: Pick<SharerPart, 'copyTarget' | 'downloads' | 'handles'>): void {
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
    else if (message.kind === 'want') this.want(message.files);
    else if (message.kind === 'end') void this.setEnd(message.choice);
    else if (message.kind === 'question') void this.#reply(message);
  }

  #show(): void {
    const nowMs = this.#options.clock.nowMs();
    if (nowMs - this.#shownMs < SHOW_EVERY_MS) return;
    this.#shownMs = nowMs;
    const { role, status, transfer, files, copies, choice } = this.live.card();
    const end = this.#options.ending.card;
    const downloads = this.#limit.card;
    const hasFiles = files !== undefined;
    const card = { role, status, transfer, end, downloads, copies, choice, hasFiles };
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
      case 'sight':
        return { kind: 'sight', sight: await this.sight() };
      case 'files':
        return { kind: 'files', files: live.card().files };
      case 'piece': {
        const sealed = await live.source.get(question.piece).catch(() => undefined);
        return { kind: 'piece', sealed };
      }
      case 'whole':
        return {
          kind: 'whole',
          isWhole: await live.files.checkWhole(question.files),
          files: question.files === 'all' ? live.files.wantedFiles : question.files,
        };
      case 'choice': {
        const isTaken = await this.#take(question.files, question.handles);
        return { kind: 'choice', isTaken };
      }
    }
  }
}
