/** What `states` says of a file: it is neither wanted nor here, is to come, or is here and can be saved. */
export const FILE_UNWANTED = 0;
export const FILE_WANTED = 1;
export const FILE_HERE = 2;

/** Files of a share by their places in its list, or all of them. */
export type FileChoice = 'all' | readonly number[];

export function isSameChoice(one: FileChoice, other: FileChoice | undefined): boolean {
  return String(one) === String(other);
}

/** What a person wants of a share of several files, and what of it is here. */
export interface CardChoice {
  /** One byte a file, in the order of `files`. */
  readonly states: Uint8Array<ArrayBuffer>;
  /** Whether it is not simply everything that is wanted. */
  readonly isPart: boolean;
  readonly wanted: FileChoice;
  readonly wantedCount: number;
}

/** Nothing is left to be fetched: what can be chosen is what to save. */
export function isEveryFileHere({ states }: CardChoice): boolean {
  return states.every((state) => state === FILE_HERE);
}
