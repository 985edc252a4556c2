import type { FileHandles } from '../app-state.ts';

/** What was shared to the page by the system's share sheet, or by a form on any other page. */
export type HandedOver =
  | { readonly kind: 'files'; readonly files: readonly File[]; readonly text: string }
  | { readonly kind: 'too-large' };

/** The ways in that begin outside the page. */
export interface Arrivals {
  /** What was handed over since the page was opened last, once. */
  readonly takeHandedOver: () => Promise<HandedOver | undefined>;
  /** Calls back with files that a person opens with the installed page, now and later. */
  readonly onOpened: (callback: (handles: FileHandles) => void) => void;
  /** The page is in a window of its own, where no other page leads to it. */
  readonly isInstalled: () => boolean;
}
