import type { Browser } from './ports/browser.ts';
import type { Choices } from './ports/choices.ts';
import type { TabChannel } from './ports/tab-channel.ts';

const CHANNEL = 'peerify/relay/1';

/** A TURN server between this browser and other peers. */
export interface RelayState {
  /** Whoever hosts the page has one. */
  readonly isOffered: boolean;
  /** This browser connects through it and in no other way. */
  readonly isOnly: boolean;
}

export interface RelayChoiceOptions {
  readonly choices: Choices;
  readonly openChannel: Browser['openChannel'];
  /** Closes what is connected, so that it connects again as is chosen now. */
  readonly dropConnections: () => void;
  readonly onChange: () => void;
}

/** Whether this browser connects through a TURN server alone, so that other peers do not learn its address. */
export class RelayChoice {
  readonly #options: RelayChoiceOptions;
  readonly #channel: TabChannel<boolean>;

  constructor(options: RelayChoiceOptions) {
    this.#options = options;
    this.#channel = options.openChannel<boolean>(CHANNEL, (isOnly) => this.#apply(isOnly));
  }

  get isOnly(): boolean {
    return this.#options.choices.has('relay-only');
  }

  /** In this tab and all others of this browser, at once. */
  turn(isOnly: boolean): void {
    this.#channel.post(isOnly);
    this.#apply(isOnly);
  }

  #apply(isOnly: boolean): void {
    const { choices, dropConnections, onChange } = this.#options;
    choices.set('relay-only', isOnly);
    dropConnections();
    onChange();
  }
}
