import type { JSX } from 'preact';
import type { AppActions, ShareCard } from '../app/app-state.ts';
import { CardButtons } from './card-buttons.tsx';
import { CardStatus } from './card-status.tsx';
import { computeHint, computeSummary } from './card-texts.ts';
import { CopiesPanel } from './copies-panel.tsx';
import { CopyField } from './copy-field.tsx';
import { FileList } from './file-list.tsx';
import { FilePicker } from './file-picker.tsx';
import { formatBytes } from './format.ts';
import { Icon } from './icons.tsx';
import { shortenMiddle, splitName } from './name-parts.ts';
import { TEXTS } from './texts.ts';

interface ShareCardProps {
  readonly card: ShareCard;
  readonly actions: AppActions;
  readonly announce: (sentence: string) => void;
  /** Another card that closing the tab would end. */
  readonly neededFor: string | undefined;
  readonly onRemoved: () => void;
}

export function ShareCardView(props: ShareCardProps): JSX.Element {
  const { card, actions, announce, neededFor, onRemoved } = props;
  const hint = computeHint(card);
  const isComplete = card.status.kind === 'complete';
  return (
    <article class="card" aria-label={card.name} data-key={card.key}>
      <CardHead card={card} />
      {card.role === 'sharer' && <CardLinks card={card} actions={actions} announce={announce} />}
      <CardStatus card={card} />
      {hint !== '' && <p class="hint">{hint}</p>}
      {card.copies !== undefined && (
        <CopiesPanel
          copies={card.copies}
          neededFor={neededFor}
          onTarget={(copies) => actions.setCopies(card.key, copies)}
        />
      )}
      {card.status.kind === 'sharing-stored' && (
        <div class="choose-again">
          <div>
            <strong>{TEXTS.chooseAgainTitle}</strong>
            <p class="hint">{TEXTS.chooseAgainMissing(formatBytes(card.status.missingBytes))}</p>
          </div>
          {card.status.canAllow && (
            <button
              type="button"
              class="button button-call"
              onClick={() => actions.allowAgain(card.key)}
            >
              {TEXTS.allowAgain}
            </button>
          )}
          <FilePicker
            label={TEXTS.chooseAgain}
            kind="files"
            isCall={!card.status.canAllow}
            onChosen={({ files, handles }) => actions.chooseAgain(card.key, files, handles)}
          />
          {card.fileCount > 1 && (
            <FilePicker
              label={TEXTS.chooseFolderAgain}
              kind="folder"
              isCall={false}
              onChosen={({ files, handles }) => actions.chooseAgain(card.key, files, handles)}
            />
          )}
        </div>
      )}
      <CardButtons card={card} actions={actions} onRemoved={onRemoved} />
      {card.files !== undefined && card.files.length > 1 && (
        <FileList
          cardKey={card.key}
          files={card.files}
          canSave={isComplete}
          saveFile={actions.saveFile}
        />
      )}
      {card.role === 'receiver' && card.status.kind !== 'failed' && (
        <details>
          <summary>{TEXTS.linkDetails}</summary>
          <CardLinks card={card} actions={actions} announce={announce} />
        </details>
      )}
    </article>
  );
}

function CardHead({ card }: { readonly card: ShareCard }): JSX.Element {
  const { stem, extension } = splitName(card.name);
  return (
    <header class="card-head">
      <Icon name={card.fileCount > 1 ? 'files' : 'file'} />
      <div>
        <h2 title={card.name}>
          <bdi>{shortenMiddle(stem)}</bdi>
          {extension !== '' && <bdi class="name-extension">.{extension}</bdi>}
        </h2>
        <ul class="summary">
          {computeSummary(card).map((part) => (
            <li key={part}>{part}</li>
          ))}
        </ul>
      </div>
    </header>
  );
}

type CardLinksProps = Pick<ShareCardProps, 'card' | 'actions' | 'announce'>;

function CardLinks({ card, actions, announce }: CardLinksProps): JSX.Element {
  return (
    <div class="card-links">
      <CopyField
        label={TEXTS.shareLink}
        buttonLabel={TEXTS.copyLink}
        value={card.link}
        isCall={card.status.kind === 'sharing'}
        copy={actions.copy}
        announce={announce}
      />
      <CopyField
        label={TEXTS.fileId}
        buttonLabel={TEXTS.copyFileId}
        value={card.fileId}
        isCall={false}
        copy={actions.copy}
        announce={announce}
      />
    </div>
  );
}
