/*
 * What the system's share sheet hands to the installed page goes through a cache of its own: the worker is asked when
 * no page is open yet. Types alone, as in save-protocol.ts.
 */

export type HandedOverCache = 'peerify-handed-over';

/** Where the list is kept; file number n is beside it, under `/handed-over/n`. */
export type HandedOverList = '/handed-over';

/** As JSON. */
export type HandedOver =
  | {
      readonly kind: 'files';
      /** Milliseconds since 1970. */
      readonly atMs: number;
      readonly files: readonly { readonly name: string; readonly type: string }[];
      /** Empty where there is none. */
      readonly text: string;
    }
  /** More than is taken this way, or than there is room for. */
  | { readonly kind: 'too-large'; readonly atMs: number };
