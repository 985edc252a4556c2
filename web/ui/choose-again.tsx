import type { JSX } from 'preact';
import { useContext } from 'preact/hooks';
import type { AppActions, CardStatus, ShareCard } from '../app/app-state.ts';
import { FilePicker } from './file-picker.tsx';
import { formatBytes } from './format.ts';
import { ReadingContext } from './use-reading.ts';
import { CARD_TEXTS } from './words/card-texts.ts';

interface ChooseAgainProps {
  readonly card: Pick<ShareCard, 'key' | 'fileCount'>;
  readonly status: Extract<CardStatus, { readonly kind: 'sharing-stored' }>;
  readonly actions: Pick<AppActions, 'allowAgain' | 'chooseAgain'>;
}

/** After a reload: the sharer is asked for its files, for what is not stored of them. */
export function ChooseAgain({ card, status, actions }: ChooseAgainProps): JSX.Element {
  const followReading = useContext(ReadingContext);
  return (
    <div class="choose-again">
      <div>
        <strong>{CARD_TEXTS.chooseAgainTitle}</strong>
        <p class="hint">
          {CARD_TEXTS.chooseAgainMissing({ amount: formatBytes(status.missingBytes) })}
        </p>
      </div>
      {status.canAllow && (
        <button
          type="button"
          class="button button-call"
          onClick={() => actions.allowAgain(card.key, followReading)}
        >
          {CARD_TEXTS.allowAgain}
        </button>
      )}
      <FilePicker
        label={CARD_TEXTS.chooseAgain}
        kind="files"
        isCall={!status.canAllow}
        onChosen={({ files, handles }) => actions.chooseAgain(card.key, files, handles)}
      />
      {card.fileCount > 1 && (
        <FilePicker
          label={CARD_TEXTS.chooseFolderAgain}
          kind="folder"
          isCall={false}
          onChosen={({ files, handles }) => actions.chooseAgain(card.key, files, handles)}
        />
      )}
    </div>
  );
}
