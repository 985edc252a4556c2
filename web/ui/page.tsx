import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AppActions, AppState, OpenedCard } from '../app/app-state.ts';
import type { Gathered } from './gather-files.ts';
import type { Language } from './words/languages.ts';
import { DropZone } from './drop-zone.tsx';
import { Logo } from './icons.tsx';
import { lazyView } from './lazy-view.tsx';
import { loadAtFirstGesture } from './load-at-first-gesture.ts';
import { nameCard } from './name-card.ts';
import { OpenForm } from './open-form.tsx';
import { PageFoot } from './page-foot.tsx';
import { ReadingLine } from './reading-line.tsx';
import { ShareOptions } from './share-options.tsx';
import { TEXTS } from './texts.ts';
import { useAnnouncement } from './use-announcement.ts';
import { useMadeShare } from './use-made-share.ts';
import type { ReadingState } from './use-reading.ts';
import { ReadingContext, useReading } from './use-reading.ts';
import { useWholePageIntake } from './use-whole-page-intake.ts';
import { VolunteerPanel } from './volunteer-panel.tsx';

const loadCards = () => import('./share-cards.tsx');
const loadNotices = () => import('./page-notices.tsx');
const ShareCards = lazyView(async () => (await loadCards()).ShareCards);
const SpacePanel = lazyView(async () => (await import('./space-panel.tsx')).SpacePanel);
const PageNotices = lazyView(async () => (await loadNotices()).PageNotices);

interface PageProps {
  readonly state: AppState;
  readonly actions: AppActions;
  /** False where that language could not be loaded. */
  readonly chooseLanguage: (language: Language) => Promise<boolean>;
}

export function Page(props: PageProps): JSX.Element {
  const reading = useReading();
  return (
    <ReadingContext.Provider value={reading.follow}>
      <PageBody {...props} reading={reading} />
    </ReadingContext.Provider>
  );
}

interface PageBodyProps extends PageProps {
  readonly reading: ReadingState;
}

function PageBody({ state, actions, chooseLanguage, reading }: PageBodyProps): JSX.Element {
  const mainRef = useRef<HTMLElement>(null);
  const { announcement, announce } = useAnnouncement();
  const called = useCalled(state, announce);
  const intake = useWholePageIntake(state, actions, reading.follow);
  const focusMain = () => mainRef.current?.focus({ preventScroll: true });
  const isUnsupported = state.environment.kind === 'unsupported';
  const hasCards = state.cards.length > 0;
  const hasNotices =
    isUnsupported || intake.unreadableCount > 0 || (state.notice ?? state.offered) !== undefined;
  useEffect(() => loadAtFirstGesture(window, () => Promise.all([loadCards(), loadNotices()])), []);

  return (
    <div class="page">
      <PageHead />
      <main ref={mainRef} tabIndex={-1}>
        <Headline cards={state.cards} />
        <ReadingLine key="reading" isReading={reading.isReading} announce={announce} />
        {hasNotices && <PageNotices state={state} actions={actions} intake={intake} />}
        {hasCards && (
          <ShareCards
            cards={state.cards}
            preview={state.preview}
            called={called}
            made={state.made}
            space={state.space}
            actions={actions}
            announce={announce}
            showsDetails={state.showsDetails}
            doneNotices={state.doneNotices}
            isRelayOnly={state.relay.isOnly}
            onRemoved={focusMain}
          />
        )}
        <div class="tracker-line" aria-live="polite" key="tracker-line">
          {state.tracker === 'down' && !isUnsupported && <p>{TEXTS.trackerDown}</p>}
        </div>
        {!isUnsupported && (
          <WaysIn key="ways-in" {...{ state, actions }} isSmall={hasCards} onChosen={intake.take} />
        )}
        {state.volunteering !== undefined && (
          <VolunteerPanel
            key="volunteer"
            state={state.volunteering}
            actions={actions}
            announce={announce}
          />
        )}
        {hasCards && state.space !== undefined && (
          <SpacePanel
            state={{ ...state, space: state.space }}
            actions={actions}
            announce={announce}
            onCleared={focusMain}
          />
        )}
      </main>
      <PageFoot chooseLanguage={chooseLanguage} state={state} actions={actions} />
      <div class="for-readers" aria-live="polite">
        {announcement}
      </div>
      {intake.isDragging && <DropVeil />}
    </div>
  );
}

function PageHead(): JSX.Element {
  return (
    <header class="page-head">
      <Logo />
      <span>{TEXTS.product}</span>
    </header>
  );
}

/** The card that was made or opened last, and none that is only there again; one that was made here is announced. */
function useCalled(
  state: Pick<AppState, 'cards' | 'made' | 'opened'>,
  announce: (sentence: string) => void,
): OpenedCard | undefined {
  const [called, setCalled] = useState<OpenedCard>();
  useMadeShare(state, (card, isLinkCopied) => {
    const name = nameCard(card);
    setCalled({ key: card.key, isNew: true, takesFocus: false });
    announce(isLinkCopied ? TEXTS.shareCopied({ name }) : TEXTS.shareReady({ name }));
  });
  useEffect(() => setCalled(state.opened), [state.opened]);
  return called;
}

function DropVeil(): JSX.Element {
  return (
    <div class="drop-veil" aria-hidden="true">
      <p>{TEXTS.dropNow}</p>
    </div>
  );
}

interface WaysInProps extends Pick<PageProps, 'state' | 'actions'> {
  readonly isSmall: boolean;
  readonly onChosen: (gathered: Gathered) => void;
}

/** Where shares begin: something of one's own, or a link of somebody else's. */
function WaysIn({ state, actions, isSmall, onChosen }: WaysInProps): JSX.Element {
  return (
    <>
      <DropZone isSmall={isSmall} onChosen={onChosen} />
      <ShareOptions state={state} actions={actions} />
      <OpenForm open={actions.open} />
      {!isSmall && <Facts />}
    </>
  );
}

function Headline({ cards }: Pick<AppState, 'cards'>): JSX.Element {
  if (cards.length > 0) {
    const isReceivedOnly = cards.every((card) => card.role === 'receiver');
    return (
      <h1 class="headline-short">{isReceivedOnly ? TEXTS.headlineReceived : TEXTS.headlineOwn}</h1>
    );
  }
  return (
    <div class="hero">
      <h1>{TEXTS.headline}</h1>
      <p>{TEXTS.lead}</p>
    </div>
  );
}

function Facts(): JSX.Element {
  return (
    <ul class="facts">
      <Fact title={TEXTS.factLink} sentence={TEXTS.factLinkWhy} />
      <Fact title={TEXTS.factKey} sentence={TEXTS.factKeyWhy} />
      <Fact title={TEXTS.factSwarm} sentence={TEXTS.factSwarmWhy} />
    </ul>
  );
}

function Fact(props: { readonly title: string; readonly sentence: string }): JSX.Element {
  return (
    <li>
      <strong>{props.title}</strong>
      <p>{props.sentence}</p>
    </li>
  );
}
