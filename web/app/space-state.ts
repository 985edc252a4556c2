/** What the page takes of this browser's storage. */
export interface SpaceState {
  readonly usedBytes: number;
  /** All that the browser would give, what is used included. */
  readonly quotaBytes: number;
  /** Pieces stored of each remembered share, by its key. */
  readonly storedBytes: ReadonlyMap<string, number>;
  /** Names of shares that other tabs take care of and this one does not show; empty where one has none. */
  readonly elsewhere: readonly string[];
}
