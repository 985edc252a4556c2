import type { JSX } from 'preact';
import type { AppActions, AppState, FilePreview, ShareCard } from '../app/app-state.ts';
import { CardButtons } from './card-buttons.tsx';
import { isDownloading, isLinkOfUse } from './card-controls.ts';
import { CardDetails } from './card-details.tsx';
import { CardLinks } from './card-links.tsx';
import { CardPreview } from './card-preview.tsx';
import { CardGuard } from './card-guard.tsx';
import { CardStatus } from './card-status.tsx';
import { ChooseAgain } from './choose-again.tsx';
import { computeHint, computeSummary } from './card-texts.ts';
import { Icon } from './icons.tsx';
import { lazyView } from './lazy-view.tsx';
import { nameCard } from './name-card.ts';
import { shortenMiddle, splitName } from './name-parts.ts';
import { CARD_TEXTS } from './words/card-texts.ts';

const DoneNoticeChoice = lazyView(
  async () => (await import('./done-notice-choice.tsx')).DoneNoticeChoice,
);
const FileList = lazyView(async () => (await import('./file-list.tsx')).FileList);
const CopiesPanel = lazyView(async () => (await import('./copies-panel.tsx')).CopiesPanel);

interface ShareCardProps {
  readonly card: ShareCard;
  readonly actions: AppActions;
  readonly announce: (sentence: string) => void;
  /** Its link was put into the clipboard as soon as there was one. */
  readonly isLinkCopied: boolean;
  /** Pieces of it that this browser stores; undefined while that is not known. */
  readonly storedBytes: number | undefined;
  /** Another card that closing the tab would end. */
  readonly neededFor: string | undefined;
  readonly onRemoved: () => void;
  readonly preview: FilePreview | undefined;
  readonly showsDetails: boolean;
  readonly doneNotices: AppState['doneNotices'];
  readonly isRelayOnly: boolean;
}

export function ShareCardView(props: ShareCardProps): JSX.Element {
  const { card, actions, announce, isLinkCopied, neededFor, onRemoved, preview } = props;
  const { showsDetails, doneNotices } = props;
  const hint = computeHint(card, props.isRelayOnly);
  const links = <CardLinks {...{ card, actions, announce, isLinkCopied }} />;
  return (
    <article class="card" aria-label={nameCard(card)} data-key={card.key}>
      <CardHead card={card} storedBytes={props.storedBytes} />
      {card.role === 'sharer' && isLinkOfUse(card) && links}
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
        <ChooseAgain card={card} status={card.status} actions={actions} />
      )}
      {doneNotices !== undefined && isDownloading(card) && (
        <DoneNoticeChoice choice={doneNotices} onChoice={actions.setDoneNotices} />
      )}
      <CardGuard card={card} actions={actions} />
      <CardButtons card={card} actions={actions} onRemoved={onRemoved} preview={preview} />
      <CardPreview card={card} preview={preview} actions={actions} announce={announce} />
      {card.files !== undefined && card.files.length > 1 && (
        <FileList card={card} files={card.files} preview={preview} actions={actions} />
      )}
      <CardDetails card={card} actions={actions} startsOpen={showsDetails} />
      {card.role === 'receiver' && isLinkOfUse(card) && (
        <details>
          <summary>{CARD_TEXTS.linkDetails}</summary>
          {links}
        </details>
      )}
    </article>
  );
}

function CardHead(props: Pick<ShareCardProps, 'card' | 'storedBytes'>): JSX.Element {
  const { card, storedBytes } = props;
  const name = nameCard(card);
  const { stem, extension } = splitName(name);
  return (
    <header class="card-head">
      <Icon name={card.fileCount > 1 ? 'files' : 'file'} />
      <div>
        <h2 title={name}>
          <bdi>
            <span class="name-part">{shortenMiddle(stem)}</span>
            {extension !== '' && <span class="name-part name-extension">.{extension}</span>}
          </bdi>
        </h2>
        <ul class="summary">
          {computeSummary(card, storedBytes).map((part) => (
            <li key={part}>{part}</li>
          ))}
        </ul>
      </div>
    </header>
  );
}
