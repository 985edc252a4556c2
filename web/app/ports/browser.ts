import type { TabChannel, TabMemory } from './tab-channel.ts';

/** What use cases need of the browser around them. */
export interface Browser {
  /** Links begin with it, such as `https://peerify.example`. */
  readonly origin: string;
  /** What stands behind `#` in the address, without it. */
  fragment: () => string;
  setFragment: (fragment: string) => void;
  onFragmentChange: (callback: () => void) => void;
  /** Somebody looks at the page again: it was out of sight, or had been left. */
  onShown: (callback: () => void) => void;
  copy: (text: string) => Promise<boolean>;
  /** Opens the system's share sheet; undefined where there is none. A person's cancel is no error. */
  readonly passOn: ((title: string, link: string) => void) | undefined;
  /** Milliseconds since 1970. */
  epochMs: () => number;
  /** 32 random bits. */
  seed: () => number;
  /**
   * Takes a name for this tab alone, until it is closed or the result is called. Undefined where another tab of this
   * browser has it; where the browser cannot tell, the name is given.
   */
  tryLock: (name: string) => Promise<(() => void) | undefined>;
  /** The same, once no other tab has the name any more. Undefined where that was aborted first. */
  waitForLock: (name: string, signal: AbortSignal) => Promise<(() => void) | undefined>;
  /** Other tabs of this browser are trusted to send only messages of the kind that belongs to the name. */
  openChannel: <Message>(
    name: string,
    onMessage: (message: Message) => void,
  ) => TabChannel<Message>;
  readonly tabMemory: TabMemory;
  /** How many bytes this browser would still store, as it says itself; undefined where it does not say. */
  measureRoom: () => Promise<number | undefined>;
  /** Asks the browser not to clear what is stored when space is short. */
  requestPersistence: () => void;
}
