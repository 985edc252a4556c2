import type { ShareId } from '../../shared/share/share-id.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { EndChoice, FileChoice } from './app-state.ts';
import type { Answer, AnswerMessage, MirrorMessage, Question, Wish } from './mirror-messages.ts';
import type { Browser } from './ports/browser.ts';
import type { TabChannel } from './ports/tab-channel.ts';
import { nameAnswerChannel, nameMirrorChannel } from './mirror-messages.ts';

/** The tab that takes care of the share reads a piece from its disk, at worst from a slow one. */
const ANSWER_TIMEOUT_MS = 20_000;
/** Far more than an honest tab needs, which answers every look; looks come twice a second. */
const SILENCE_MS = 3_000;

export interface MirrorLineOptions {
  readonly shareId: ShareId;
  readonly clock: Clock;
  readonly browser: Pick<Browser, 'openChannel' | 'seed'>;
  readonly onMessage: (message: MirrorMessage) => void;
}

/** How a tab reaches the one of the same browser that takes care of a share. */
export class MirrorLine {
  readonly #clock: Clock;
  readonly #from: number;
  readonly #toAll: TabChannel<MirrorMessage>;
  readonly #answers: TabChannel<AnswerMessage>;
  readonly #pending = new Map<number, (answer: Answer | undefined) => void>();
  #questionCount = 0;
  /** When the first look was posted that nothing was heard after. */
  #unansweredSinceMs: number | undefined;

  constructor({ shareId, clock, browser, onMessage }: MirrorLineOptions) {
    this.#clock = clock;
    this.#from = browser.seed();
    this.#toAll = browser.openChannel<MirrorMessage>(nameMirrorChannel(shareId), (message) => {
      if (message.kind === 'card') this.#unansweredSinceMs = undefined;
      onMessage(message);
    });
    this.#answers = browser.openChannel<AnswerMessage>(
      nameAnswerChannel(shareId, this.#from),
      ({ number, answer }) => this.#pending.get(number)?.(answer),
    );
  }

  /** The other tab stands still, or is gone: looks have gone unanswered for longer than it could need. */
  get isSilent(): boolean {
    const sinceMs = this.#unansweredSinceMs;
    return sinceMs !== undefined && this.#clock.nowMs() - sinceMs >= SILENCE_MS;
  }

  look(): void {
    this.#unansweredSinceMs ??= this.#clock.nowMs();
    this.#toAll.post({ kind: 'look' });
  }

  wish(wish: Wish): void {
    this.#toAll.post({ kind: 'wish', wish });
  }

  wishCopies(copies: number): void {
    this.#toAll.post({ kind: 'copies', copies });
  }

  wishFor(files: FileChoice): void {
    this.#toAll.post({ kind: 'want', files });
  }

  wishEnd(choice: EndChoice): void {
    this.#toAll.post({ kind: 'end', choice });
  }

  /** Undefined where no answer came in time. While the other tab is silent there is no end to that time. */
  ask(question: Question): Promise<Answer | undefined> {
    this.#questionCount += 1;
    const number = this.#questionCount;
    return new Promise((resolve) => {
      let cancel: (() => void) | undefined;
      const end = (answer: Answer | undefined): void => {
        cancel?.();
        this.#pending.delete(number);
        resolve(answer);
      };
      const post = (): void => {
        this.#toAll.post({ kind: 'question', from: this.#from, number, question });
        // Whoever takes care of the share by then has not heard what the one before was asked.
        cancel = this.#clock.schedule(ANSWER_TIMEOUT_MS, () =>
          this.isSilent ? post() : end(undefined),
        );
      };
      this.#pending.set(number, end);
      post();
    });
  }

  close(): void {
    for (const end of this.#pending.values()) end(undefined);
    this.#toAll.close();
    this.#answers.close();
  }
}
