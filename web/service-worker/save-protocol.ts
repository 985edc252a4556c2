/*
 * How a page hands a download to the service worker. Types alone: the worker is a classic script in one file, and code
 * shared with the page would be built into a file of its own.
 */

/** To the worker itself. `save` comes with a MessagePort for the two unions below. */
export type WorkerMessage =
  | {
      readonly kind: 'save';
      readonly id: string;
      readonly name: string;
      readonly size: number | undefined;
    }
  /** Every few seconds while bytes flow: messages over the port alone do not keep a worker running. */
  | { readonly kind: 'keep-alive'; readonly id: string };

/** To a worker that waits: what it was not to end has ended. */
export interface TakeOverMessage {
  readonly kind: 'take-over';
}

/** The name that a page holds, shared with others, while a worker streams a download of its. */
export type SavingLock = 'peerify/saving';

/** What the worker says to the page when it was restarted and knows nothing of a download any more. */
export interface ForgottenMessage {
  readonly kind: 'forgotten';
  readonly id: string;
}

/** Worker to page, over the port. */
export type Demand =
  /** `/save/<id>` can be opened now. */
  | 'ready'
  /** The browser has opened it. */
  | 'started'
  /** The browser has room: answered with exactly one supply. */
  | 'pull'
  /** The browser has taken every byte. */
  | 'done'
  /** The person stopped the download in the browser. */
  | 'cancel';

/** Page to worker, over the port. */
export type Supply =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end' }
  /** At any time: the browser must show a failed download, not a short file. */
  | { readonly kind: 'fail' };
