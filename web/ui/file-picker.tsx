import type { JSX } from 'preact';
import { useContext } from 'preact/hooks';
import type { Gathered } from './gather-files.ts';
import type { PickKind } from './pick-files.ts';
import { gatherFromList } from './gather-files.ts';
import { hasPicker, pickFiles } from './pick-files.ts';
import { ReadingContext } from './use-reading.ts';

interface FilePickerProps {
  readonly label: string;
  readonly kind: PickKind;
  readonly isCall: boolean;
  readonly onChosen: (gathered: Gathered) => void;
}

/**
 * A button that is a real file input, so that every assistive tool knows it. Where the browser has a picker that gives
 * the ways to what was chosen, a press opens that one.
 */
export function FilePicker({ label, kind, isCall, onChosen }: FilePickerProps): JSX.Element {
  const follow = useContext(ReadingContext);
  const pick = async (input: HTMLInputElement): Promise<void> => {
    const gathered = await pickFiles(window, kind, follow);
    if (gathered === 'refused') input.showPicker();
    else if (gathered !== undefined) onChosen(gathered);
  };
  return (
    <label class={`button picker picker-${kind}${isCall ? ' button-call' : ''}`}>
      <input
        type="file"
        multiple
        {...(kind === 'folder' ? { webkitdirectory: true } : {})}
        onClick={(event) => {
          if (!hasPicker(window, kind)) return;
          event.preventDefault();
          void pick(event.currentTarget);
        }}
        onChange={(event) => {
          const input = event.currentTarget;
          const files = gatherFromList(input.files ?? []);
          // Else choosing the same files a second time would be no change.
          input.value = '';
          if (files.length > 0) onChosen({ files, unreadableCount: 0, handles: undefined });
        }}
      />
      {label}
    </label>
  );
}
