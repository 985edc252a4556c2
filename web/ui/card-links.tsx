import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { AppActions, ShareCard } from '../app/app-state.ts';
import { CopyField } from './copy-field.tsx';
import { Icon } from './icons.tsx';
import { lazyView } from './lazy-view.tsx';
import { nameCard } from './name-card.ts';
import { CARD_TEXTS } from './words/card-texts.ts';
import { PASSWORD_TEXTS } from './words/guard-texts.ts';
import { LINK_TEXTS } from './words/link-texts.ts';

const QrPanel = lazyView(async () => (await import('./qr-panel.tsx')).QrPanel);

interface CardLinksProps {
  readonly card: Pick<ShareCard, 'name' | 'link' | 'fileId' | 'hasPassword' | 'status'>;
  readonly actions: Pick<AppActions, 'copy' | 'passOn' | 'drawQrCode'>;
  readonly announce: (sentence: string) => void;
  readonly isLinkCopied: boolean;
}

/** The ways to hand the share on: its link, and what else says the same. */
export function CardLinks({ card, actions, announce, isLinkCopied }: CardLinksProps): JSX.Element {
  const [shown, setShown] = useState<'code' | 'file-id' | undefined>(undefined);
  const panelId = useId();
  const { passOn } = actions;
  const toggle = (which: 'code' | 'file-id', label: string): JSX.Element => (
    <button
      type="button"
      class="button button-quiet"
      aria-expanded={shown === which}
      aria-controls={panelId}
      onClick={() => setShown(shown === which ? undefined : which)}
    >
      <Icon name={which === 'code' ? 'code' : 'key'} /> {label}
    </button>
  );
  return (
    <div class="card-links">
      <CopyField
        label={CARD_TEXTS.shareLink}
        note={isLinkCopied ? LINK_TEXTS.copiedAlready : undefined}
        buttonLabel={CARD_TEXTS.copyLink}
        value={card.link}
        isCall={card.status.kind === 'sharing'}
        copy={actions.copy}
        announce={announce}
      />
      {card.hasPassword && <p class="hint">{PASSWORD_TEXTS.sendApart}</p>}
      <div class="link-ways">
        {passOn !== undefined && (
          <button
            type="button"
            class="button button-quiet"
            onClick={() => passOn(nameCard(card), card.link)}
          >
            <Icon name="send" /> {LINK_TEXTS.passOn}
          </button>
        )}
        {toggle('code', LINK_TEXTS.code)}
        {toggle('file-id', CARD_TEXTS.fileId)}
      </div>
      <div id={panelId} class="link-panel">
        {shown === 'code' && (
          <QrPanel link={card.link} name={nameCard(card)} draw={actions.drawQrCode} />
        )}
        {shown === 'file-id' && (
          <CopyField
            label={CARD_TEXTS.fileId}
            note={undefined}
            buttonLabel={CARD_TEXTS.copyFileId}
            value={card.fileId}
            isCall={false}
            copy={actions.copy}
            announce={announce}
          />
        )}
      </div>
    </div>
  );
}
