/*
 * How the service worker has a page of ours read out a file that the page shows. The worker keeps nothing: whatever it
 * answers it asks of the page that wants to see it, so it may be restarted at any time. Types alone, as in
 * save-protocol.ts.
 */

/** Worker to page, with a MessagePort for all that follows: the page fetches `/view/<id>`. */
export interface ViewRequest {
  readonly kind: 'view';
  readonly id: string;
}

/** Page to worker, first and once. */
export type ViewAnswer =
  /** `type` is one that the worker knows, or nothing is shown. */
  | { readonly kind: 'shown'; readonly type: string; readonly size: number }
  /** No view of this page, or none any more. */
  | { readonly kind: 'unknown' };

/** Worker to page, second and once: the bytes from `offset` on are going to be pulled, as a download's are. */
export interface ViewRead {
  readonly kind: 'read';
  readonly offset: number;
  readonly length: number;
}

/**
 * Page to worker itself: it shows views, so it is to be one of the worker's pages, and the worker to go on running.
 * Every few seconds while bytes are wanted: messages over a port alone do not keep a worker.
 */
export interface ViewPageMessage {
  readonly kind: 'view-page';
}
