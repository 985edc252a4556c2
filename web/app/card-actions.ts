import type { AppActions, Problem } from './app-state.ts';
import type { OpenedLinks } from './opened-links.ts';
import type { SavePlace, SavePlaces, Saver } from './ports/saver.ts';
import type { RunningShare } from './running-share.ts';
import { PickError } from './ports/saver.ts';
import { describePickError } from './problems.ts';
import { computeSaveName } from './share-name.ts';

type CardActions = Pick<
  AppActions,
  | 'want'
  | 'pause'
  | 'resume'
  | 'save'
  | 'saveFile'
  | 'saveFiles'
  | 'saveTo'
  | 'chooseAgain'
  | 'allowAgain'
  | 'setCopies'
  | 'setEnd'
>;

/** What a person does with a share that runs, wherever it is taken care of, or is to run once somebody has it. */
export function createCardActions(
  find: (key: string) => RunningShare | undefined,
  links: Pick<OpenedLinks, 'pause' | 'download'>,
  places: SavePlaces,
  onNotice: (problem: Problem) => void,
): CardActions {
  const pick = async (kind: SavePlace, name: string): Promise<Saver | undefined> => {
    try {
      return await places.pick(kind, name);
    } catch (error) {
      if (!(error instanceof PickError)) throw error;
      onNotice(describePickError(error.code));
      return undefined;
    }
  };
  /**
   * Asks at once: a browser lets nobody be asked long after a press. A person may take long over it: until then nothing
   * waits, and the share may have passed to this tab.
   */
  const saveTo = async (key: string, kind: SavePlace): Promise<void> => {
    const share = find(key);
    const place = share && (await pick(kind, computeSaveName(share.card())));
    if (place !== undefined) await find(key)?.save('all', place);
  };
  return {
    want: (key, files) => find(key)?.want(files),
    pause: (key) => {
      find(key)?.pause();
      links.pause(key);
    },
    resume: (key) => {
      find(key)?.resume();
      void links.download(key, 'all');
    },
    save: (key) => void find(key)?.save('all'),
    saveFile: (key, fileNumber) => void find(key)?.save([fileNumber]),
    saveTo: (key, kind) => void saveTo(key, kind),
    saveFiles: (key, files) => void find(key)?.save(files),
    chooseAgain: (key, ...choice) => void find(key)?.chooseAgain(...choice),
    allowAgain: (key, follow) => void find(key)?.allowAgain(follow),
    setCopies: (key, copies) => find(key)?.setCopies(copies),
    setEnd: (key, choice) => void find(key)?.setEnd(choice),
  };
}
