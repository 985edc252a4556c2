import type { SavePlaces } from '../app/ports/saver.ts';
import { PickError } from '../app/ports/saver.ts';

const PICKERS = { file: 'showSaveFilePicker', folder: 'showDirectoryPicker' } as const;

/** What this browser can have picked. `load` fetches what asks the person, and is called again where that failed. */
export function createSavePlaces(load: () => Promise<SavePlaces['pick']>): SavePlaces {
  const kinds = (['file', 'folder'] as const).filter((kind) => PICKERS[kind] in globalThis);
  return {
    kinds,
    async pick(kind, suggestedName) {
      const pick = await load().catch((cause: unknown) => {
        throw new PickError('not-loaded', { cause });
      });
      return pick(kind, suggestedName);
    },
  };
}
