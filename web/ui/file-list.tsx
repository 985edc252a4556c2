import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { AppActions, CardFile } from '../app/app-state.ts';
import { formatBytes } from './format.ts';
import { TEXTS } from './texts.ts';

const SHOWN_AT_ONCE = 100;

interface FileListProps {
  readonly cardKey: string;
  readonly files: readonly CardFile[];
  readonly canSave: boolean;
  readonly saveFile: AppActions['saveFile'];
}

/** The files of a share of several, folded away until they can be saved. */
export function FileList({ cardKey, files, canSave, saveFile }: FileListProps): JSX.Element {
  const [shownCount, setShownCount] = useState(SHOWN_AT_ONCE);
  const hiddenCount = Math.max(0, files.length - shownCount);

  // The card is drawn anew many times a second while something moves; this list hardly ever changes.
  const rows = useMemo(
    () =>
      files.slice(0, shownCount).map((file, fileNumber) => (
        <li key={file.path} class="file-row">
          <span class="file-path" dir="auto">
            {file.path}
          </span>
          <span class="file-size">{formatBytes(file.size)}</span>
          {canSave && (
            <button
              type="button"
              class="button button-small"
              aria-label={TEXTS.saveFile(file.path)}
              onClick={() => saveFile(cardKey, fileNumber)}
            >
              {TEXTS.save}
            </button>
          )}
        </li>
      )),
    [cardKey, files, canSave, saveFile, shownCount],
  );

  return (
    <details class="file-list" open={canSave}>
      <summary>{TEXTS.fileList}</summary>
      <ul>{rows}</ul>
      {hiddenCount > 0 && (
        <button
          type="button"
          class="button button-quiet"
          onClick={() => setShownCount(shownCount + SHOWN_AT_ONCE)}
        >
          {TEXTS.moreFiles(Math.min(hiddenCount, SHOWN_AT_ONCE))}
        </button>
      )}
    </details>
  );
}
