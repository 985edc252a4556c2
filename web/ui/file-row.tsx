import type { ComponentChildren, JSX } from 'preact';
import { formatBytes } from './format.ts';
import { CARD_TEXTS } from './words/card-texts.ts';
import { FILES_TEXTS } from './words/files-texts.ts';

interface TickProps {
  readonly name: string;
  readonly label: string;
  readonly size: number;
  readonly state: 'all' | 'some' | 'none';
  readonly onTick: (isTicked: boolean) => void;
  readonly isFolder?: boolean;
}

/** A file or a folder with a box to tick. */
export function TickRow({ name, label, size, state, onTick, isFolder }: TickProps): JSX.Element {
  return (
    <li class={isFolder === true ? 'file-row file-folder' : 'file-row'}>
      <label class="file-tick">
        <input
          type="checkbox"
          aria-label={label}
          checked={state === 'all'}
          indeterminate={state === 'some'}
          onChange={(event) => onTick(event.currentTarget.checked)}
        />
        <span class="file-path">
          <bdi>{name}</bdi>
        </span>
        <span class="file-size">{formatBytes(size)}</span>
      </label>
    </li>
  );
}

interface FileRowProps {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  /** `plain`: there is nothing to say of it. */
  readonly state: 'here' | 'to-come' | 'not-chosen' | 'plain';
  readonly onSave: () => void;
  /** What else can be done with it. */
  readonly children: ComponentChildren;
}

export function FileRowView(props: FileRowProps): JSX.Element {
  const { name, path, size, state, onSave, children } = props;
  return (
    <li class="file-row" data-state={state}>
      <span class="file-path">
        <bdi>{name}</bdi>
      </span>
      <span class="file-size">{formatBytes(size)}</span>
      {state === 'not-chosen' && <span class="file-note">{FILES_TEXTS.notChosen}</span>}
      {state === 'to-come' && <span class="file-note">{FILES_TEXTS.toCome}</span>}
      <span class="file-actions">
        {children}
        {state === 'here' && (
          <button
            type="button"
            class="button button-small"
            aria-label={CARD_TEXTS.saveFile({ path })}
            onClick={onSave}
          >
            {CARD_TEXTS.save}
          </button>
        )}
      </span>
    </li>
  );
}

export function FolderRow({
  path,
  size,
}: {
  readonly path: string;
  readonly size: number;
}): JSX.Element {
  return (
    <li class="file-row file-folder">
      <span class="file-path">
        <bdi>{path}</bdi>
      </span>
      <span class="file-size">{formatBytes(size)}</span>
    </li>
  );
}
