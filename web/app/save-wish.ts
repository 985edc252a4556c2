import type { FileChoice } from './file-choice.ts';
import type { Saver } from './ports/saver.ts';
import { isSameChoice } from './file-choice.ts';

/** What a person wants saved: as the browser's download, or into a place that was picked. */
export interface SaveWish {
  readonly files: FileChoice;
  readonly place?: Saver | undefined;
}

export function isSameWish(one: SaveWish, other: SaveWish): boolean {
  return one.place === other.place && isSameChoice(one.files, other.files);
}
