import type { DoneNoticesChoice } from './app-state.ts';
import type { Choices } from './ports/choices.ts';
import type { Notifier } from './ports/notifier.ts';

/** Whether a person wants to be told of downloads that are done, and the browser lets us. */
export class DoneNotices {
  readonly #choices: Choices;
  readonly #notifier: Notifier;
  readonly #onChange: () => void;
  #isAsking = false;

  constructor(choices: Choices, notifier: Notifier, onChange: () => void) {
    this.#choices = choices;
    this.#notifier = notifier;
    this.#onChange = onChange;
  }

  /** Undefined where the browser has no such thing. */
  get choice(): DoneNoticesChoice | undefined {
    switch (this.#notifier.permission()) {
      case undefined:
        return undefined;
      case 'denied':
        return 'refused';
      case 'granted':
        return this.#choices.has('done-notices') ? 'on' : 'off';
      case 'default':
        // As it was chosen, until there is an answer.
        return this.#isAsking ? 'on' : 'off';
    }
  }

  async turn(areOn: boolean): Promise<void> {
    this.#choices.set('done-notices', areOn);
    if (areOn && this.#notifier.permission() === 'default') await this.#ask();
    this.#onChange();
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    this.#onChange();
    await this.#notifier.ask();
    this.#isAsking = false;
  }
}
