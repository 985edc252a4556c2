import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { CardChoice, CardFile, FileChoice } from '../app/app-state.ts';
import type { FileRow } from './file-rows.ts';
import { FILE_HERE, isEveryFileHere } from '../app/file-choice.ts';
import { FilePages, useFilePage } from './file-pages.tsx';
import { TickRow } from './file-row.tsx';
import { keyOfRow, sumBytes } from './file-rows.ts';
import { formatBytes } from './format.ts';
import { FILES_TEXTS } from './words/files-texts.ts';

interface FileChooserProps {
  readonly files: readonly CardFile[];
  readonly rows: readonly FileRow[];
  readonly choice: CardChoice;
  readonly onWant: (files: FileChoice) => void;
  readonly onSave: (files: readonly number[]) => void;
  /** Undefined where something has to be chosen first. */
  readonly onCancel: (() => void) | undefined;
}

/** The file list with a box for each file and folder. What is ticked is downloaded, or saved where all of it is here. */
export function FileChooser(props: FileChooserProps): JSX.Element {
  const { files, rows, choice, onWant, onSave, onCancel } = props;
  const isAllHere = isEveryFileHere(choice);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(
    () => new Set(isAllHere ? [] : choice.wanted === 'all' ? files.keys() : choice.wanted),
  );
  const page = useFilePage(rows);
  const bytes = useMemo(() => sumBytes(files, chosen), [files, chosen]);
  const tick = (ticked: Iterable<number>, isTicked: boolean): void => {
    const next = new Set(chosen);
    for (const file of ticked) {
      if (isTicked) next.add(file);
      else next.delete(file);
    }
    setChosen(next);
  };
  const isHere =
    isAllHere ||
    (chosen.size > 0 && [...chosen].every((file) => choice.states[file] === FILE_HERE));
  const take = (): void => {
    const sorted = [...chosen].toSorted((a, b) => a - b);
    if (isHere) onSave(sorted);
    else onWant(sorted.length === files.length ? 'all' : sorted);
  };
  return (
    <fieldset class="file-list file-chooser">
      <legend class="for-readers">{isAllHere ? FILES_TEXTS.titleToSave : FILES_TEXTS.title}</legend>
      <div class="card-buttons">
        <button
          type="button"
          class="button button-small"
          onClick={() => setChosen(new Set(files.keys()))}
        >
          {FILES_TEXTS.selectAll}
        </button>
        <button type="button" class="button button-small" onClick={() => setChosen(new Set())}>
          {FILES_TEXTS.selectNone}
        </button>
      </div>
      <ul>
        {page.rows.map((row) => (
          <ChooserRow key={keyOfRow(row)} row={row} files={files} chosen={chosen} tick={tick} />
        ))}
      </ul>
      <FilePages page={page} />
      <div class="card-buttons">
        <button
          type="button"
          class="button button-call"
          disabled={chosen.size === 0}
          onClick={take}
        >
          {describeTaking(chosen.size, bytes, isHere)}
        </button>
        {onCancel !== undefined && (
          <button type="button" class="button button-quiet" onClick={onCancel}>
            {FILES_TEXTS.cancel}
          </button>
        )}
      </div>
    </fieldset>
  );
}

interface ChooserRowProps extends Pick<FileChooserProps, 'files'> {
  readonly row: FileRow;
  readonly chosen: ReadonlySet<number>;
  readonly tick: (files: Iterable<number>, isTicked: boolean) => void;
}

function ChooserRow({ row, files, chosen, tick }: ChooserRowProps): JSX.Element {
  if (row.kind === 'file') {
    const { path = '', size = 0 } = files[row.file] ?? {};
    return (
      <TickRow
        name={row.name}
        label={path}
        size={size}
        state={chosen.has(row.file) ? 'all' : 'none'}
        onTick={(isTicked) => tick([row.file], isTicked)}
      />
    );
  }
  const chosenCount = row.files.filter((file) => chosen.has(file)).length;
  const isSome = chosenCount > 0 && chosenCount < row.files.length;
  return (
    <TickRow
      isFolder
      name={row.path}
      label={FILES_TEXTS.folder(row.files.length, { path: row.path })}
      size={row.bytes}
      state={isSome ? 'some' : chosenCount > 0 ? 'all' : 'none'}
      onTick={(isTicked) => tick(row.files, isTicked)}
    />
  );
}

function describeTaking(count: number, bytes: number, isHere: boolean): string {
  if (count === 0) return isHere ? FILES_TEXTS.saveNone : FILES_TEXTS.downloadNone;
  const words = isHere ? FILES_TEXTS.saveSelected : FILES_TEXTS.downloadSelected;
  return words(count, { size: formatBytes(bytes) });
}
