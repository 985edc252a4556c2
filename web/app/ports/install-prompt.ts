/** The browser's offer to install the page. Not every browser makes one. */
export interface InstallPrompt {
  readonly isOffered: () => boolean;
  /** Has the browser ask the person. */
  readonly ask: () => void;
  readonly subscribe: (callback: () => void) => void;
}
