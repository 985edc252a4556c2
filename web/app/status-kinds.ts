import type { Problem } from './problems.ts';

/** How a card stands. */
export type CardStatus =
  /** An opened link: the tracker is being asked. */
  | { readonly kind: 'looking' }
  /** An opened link: a password is needed before anything of it can be shown. */
  | { readonly kind: 'locked'; readonly answer: 'none' | 'checking' | 'wrong' | 'unavailable' }
  /** An opened link: found, and waiting for a press of Download, with what may come in its way. */
  | { readonly kind: 'ready'; readonly shortage?: Problem }
  /** The file list is here, and a person is to choose from it. */
  | { readonly kind: 'choosing' }
  | { readonly kind: 'waiting-for-peers' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'downloading' }
  /** Every piece is here; checking and saving. `percent` of what is being saved. */
  | { readonly kind: 'verifying'; readonly percent: number }
  | { readonly kind: 'complete'; readonly saved: boolean }
  | { readonly kind: 'sharing' }
  /** After a reload the sharer has only some of the pieces: choose the same files again for the rest. */
  | {
      readonly kind: 'sharing-stored';
      readonly missingBytes: number;
      /** The browser keeps the way to the files, and reads them again once a person allows it. */
      readonly canAllow: boolean;
    }
  /** Another tab of this browser takes care of the share, and does not answer. */
  | { readonly kind: 'waiting-for-tab' }
  /** Its sharer has ended it. A receiver does not have all of it, and nobody is left who could give it. */
  | { readonly kind: 'ended' }
  /** Nothing is fetched, and nobody gets any of it from this browser. */
  | {
      readonly kind: 'paused';
      readonly problem: Problem | undefined;
      /** All that is wanted is here. */
      readonly complete?: { readonly saved: boolean };
    }
  | { readonly kind: 'failed'; readonly problem: Problem };
