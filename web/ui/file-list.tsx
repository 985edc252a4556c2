import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { AppActions, CardFile, FilePreview, ShareCard } from '../app/app-state.ts';
import type { FileRow } from './file-rows.ts';
import { isEveryFileHere } from '../app/file-choice.ts';
import { findComplete } from './card-controls.ts';
import { FileChooser } from './file-chooser.tsx';
import { FilePages, useFilePage } from './file-pages.tsx';
import { FileRowView, FolderRow } from './file-row.tsx';
import { computeFileRows, keyOfRow } from './file-rows.ts';
import { computeFileState } from './file-state.ts';
import { PreviewButton } from './lazy-preview.tsx';
import { CARD_TEXTS } from './words/card-texts.ts';
import { currentLanguage } from './words/catalogue.ts';
import { FILES_TEXTS } from './words/files-texts.ts';

interface FileListProps {
  readonly card: ShareCard;
  readonly files: readonly CardFile[];
  readonly preview: FilePreview | undefined;
  readonly actions: AppActions;
}

/** The files of a share of several: which are here, with what to do about each, and the way to choose some of them. */
export function FileList({ card, files, preview, actions }: FileListProps): JSX.Element {
  const [isChoosingMore, setChoosingMore] = useState(false);
  const rows = useMemo(() => computeFileRows(files), [files]);
  const { choice, status } = card;
  const isFirstChoice = status.kind === 'choosing';
  // It opens by itself when there is something to do in it, and closes only by hand.
  const isOfUse = findComplete(status) !== undefined || choice?.isPart === true;
  const [isOpen, setOpen] = useState(isOfUse);
  useEffect(() => {
    if (isOfUse) setOpen(true);
  }, [isOfUse]);
  if (choice !== undefined && (isFirstChoice || isChoosingMore)) {
    return (
      <FileChooser
        files={files}
        rows={rows}
        choice={choice}
        onWant={(wanted) => {
          setChoosingMore(false);
          actions.want(card.key, wanted);
        }}
        onSave={(chosen) => {
          setChoosingMore(false);
          actions.saveFiles(card.key, chosen);
        }}
        onCancel={isFirstChoice ? undefined : () => setChoosingMore(false)}
      />
    );
  }
  return (
    <details
      class="file-list"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{CARD_TEXTS.fileList}</summary>
      <PagedRows card={card} files={files} rows={rows} preview={preview} actions={actions} />
      {choice !== undefined && status.kind !== 'failed' && (
        <button type="button" class="button" onClick={() => setChoosingMore(true)}>
          {isEveryFileHere(choice) ? FILES_TEXTS.chooseToSave : FILES_TEXTS.choose}
        </button>
      )}
    </details>
  );
}

interface PagedRowsProps extends FileListProps {
  readonly rows: readonly FileRow[];
}

function PagedRows({ card, files, rows, preview, actions }: PagedRowsProps): JSX.Element {
  const page = useFilePage(rows);
  const { key, choice, canPreview } = card;
  const isComplete = findComplete(card.status) !== undefined;
  const language = currentLanguage();
  // The card is drawn anew many times a second while something moves; this list hardly ever changes.
  const list = useMemo(
    () =>
      page.rows.map((row) => {
        if (row.kind === 'folder') {
          return <FolderRow key={keyOfRow(row)} path={row.path} size={row.bytes} />;
        }
        const { path = '', size = 0 } = files[row.file] ?? {};
        return (
          <FileRowView
            key={keyOfRow(row)}
            name={row.name}
            path={path}
            size={size}
            state={computeFileState(choice, row.file, isComplete)}
            onSave={() => actions.saveFile(key, row.file)}
          >
            {canPreview && (
              <PreviewButton
                cardKey={key}
                fileNumber={row.file}
                name={path}
                isRow
                preview={preview}
                actions={actions}
              />
            )}
          </FileRowView>
        );
      }),
    // oxlint-disable-next-line react/exhaustive-deps -- sizes and labels are written in that language
    [key, files, page.rows, choice, canPreview, isComplete, preview, actions, language],
  );
  return (
    <>
      <ul>{list}</ul>
      <FilePages page={page} />
    </>
  );
}
