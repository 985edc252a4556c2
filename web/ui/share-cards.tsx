import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type {
  AppActions,
  AppState,
  FilePreview,
  MadeShare,
  OpenedCard,
  ShareCard,
  SpaceState,
} from '../app/app-state.ts';
import { needsTab } from '../app/needs-tab.ts';
import { FoldButton, FoldedCard } from './folded-card.tsx';
import { findFoldable } from './folding.ts';
import { nameCard } from './name-card.ts';
import { ShareCardView } from './share-card.tsx';
import { useCalledCard } from './use-called-card.ts';
import { CARD_TEXTS } from './words/card-texts.ts';

interface ShareCardsProps {
  readonly cards: readonly ShareCard[];
  readonly preview: FilePreview | undefined;
  /** The card that was made or opened last while the page was open: it is brought into view. */
  readonly called: OpenedCard | undefined;
  readonly made: MadeShare | undefined;
  readonly space: SpaceState | undefined;
  readonly actions: AppActions;
  readonly announce: (sentence: string) => void;
  readonly onRemoved: () => void;
  readonly showsDetails: boolean;
  readonly doneNotices: AppState['doneNotices'];
  readonly isRelayOnly: boolean;
}

export function ShareCards(props: ShareCardsProps): JSX.Element {
  const { cards, preview, called, made, space, ...others } = props;
  const [openedKeys, setOpenedKeys] = useState<ReadonlySet<string>>(new Set());
  const [pressedKey, setPressedKey] = useState<string>();
  // Where the keyboard's focus is, so that it is not lost with a card that folds by itself.
  const [focusedKey, setFocusedKey] = useState<string>();
  const foldable = findFoldable(cards);
  const open = (key: string): void => setOpenedKeys((keys) => new Set([...keys, key]));
  const calledRef = useCalledCard(called, {
    unfold: open,
    onFocused: (key) => {
      const card = cards.find((other) => other.key === key);
      if (card !== undefined) others.announce(CARD_TEXTS.alreadyHere({ name: nameCard(card) }));
    },
  });
  const fold = (key: string): void => {
    setOpenedKeys((keys) => new Set([...keys].filter((other) => other !== key)));
    setPressedKey(key);
    if (preview?.key === key) others.actions.closePreview();
  };
  const previewedKey = preview?.key;
  // What somebody looks at does not fold by itself, nor when that is closed.
  useEffect(() => {
    if (previewedKey !== undefined) open(previewedKey);
  }, [previewedKey]);
  // The focus goes along once, with what the press has changed.
  useEffect(() => setPressedKey(undefined), [pressedKey]);
  return (
    <div
      class="share-cards"
      onFocusIn={({ target }) => {
        const card = target instanceof Element && target.closest<HTMLElement>('[data-key]');
        setFocusedKey(card ? card.dataset['key'] : undefined);
      }}
      onFocusOut={() => setFocusedKey(undefined)}
    >
      {cards.map((card) =>
        foldable.has(card.key) && !openedKeys.has(card.key) ? (
          <FoldedCard
            key={card.key}
            card={card}
            hasFocus={card.key === pressedKey || card.key === focusedKey}
            onOpen={() => {
              open(card.key);
              setPressedKey(card.key);
            }}
          />
        ) : (
          <div key={card.key} ref={card.key === called?.key ? calledRef : null}>
            <ShareCardView
              {...others}
              card={card}
              isLinkCopied={made?.key === card.key && made.isLinkCopied}
              preview={preview?.key === card.key ? preview : undefined}
              storedBytes={space?.storedBytes.get(card.key)}
              neededFor={findNeed(cards, card)}
            />
            {foldable.has(card.key) && (
              <FoldButton hasFocus={card.key === pressedKey} onFold={() => fold(card.key)} />
            )}
          </div>
        ),
      )}
    </div>
  );
}

/** The name of another card that closing the tab would end. */
function findNeed(cards: readonly ShareCard[], card: ShareCard): string | undefined {
  const needed = cards.find((other) => other !== card && needsTab(other));
  return needed === undefined ? undefined : nameCard(needed);
}
