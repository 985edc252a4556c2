import type { CardChoice } from '../app/app-state.ts';
import { FILE_HERE, FILE_WANTED } from '../app/file-choice.ts';

/** How one file of a share stands. Where nothing can be chosen all of them are here once the share is complete. */
export function computeFileState(
  choice: CardChoice | undefined,
  file: number,
  isComplete: boolean,
): 'here' | 'to-come' | 'not-chosen' | 'plain' {
  if (choice === undefined) return isComplete ? 'here' : 'plain';
  const state = choice.states[file];
  if (state === FILE_HERE) return 'here';
  if (state === FILE_WANTED) return choice.isPart ? 'to-come' : 'plain';
  return 'not-chosen';
}
