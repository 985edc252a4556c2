/* What a page and the service worker know of the page's own files. Types alone, as in save-protocol.ts. */

/** Written into the worker when it is built. */
export interface Build {
  /** A digest of all of it. */
  readonly version: string;
  /** The path of the script that this build's page begins with. */
  readonly entry: string;
  /** The paths of every other file: scripts, styles, icons. The worker itself is not among them. */
  readonly files: readonly string[];
}

/** To the worker: keep all that the page is made of, if it is not kept yet. */
export interface KeepShellMessage {
  readonly kind: 'keep-shell';
}

/** The name that every open page holds, shared with others: which script it began with. */
export type PageLock = `peerify/page/${string}`;
