import type { JSX } from 'preact';
import type { ChosenFile } from '../app/app-state.ts';
import { gatherFromList } from './gather-files.ts';

interface FilePickerProps {
  readonly label: string;
  readonly kind: 'files' | 'folder';
  readonly isCall: boolean;
  readonly onChosen: (files: ChosenFile[]) => void;
}

/** A button that is a real file input, so that every assistive tool knows it. */
export function FilePicker({ label, kind, isCall, onChosen }: FilePickerProps): JSX.Element {
  return (
    <label class={`button picker picker-${kind}${isCall ? ' button-call' : ''}`}>
      <input
        type="file"
        multiple
        {...(kind === 'folder' ? { webkitdirectory: true } : {})}
        onChange={(event) => {
          const input = event.currentTarget;
          const files = gatherFromList(input.files ?? []);
          // Else choosing the same files a second time would be no change.
          input.value = '';
          if (files.length > 0) onChosen(files);
        }}
      />
      {label}
    </label>
  );
}
