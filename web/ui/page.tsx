import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { AppActions, AppState } from '../app/app-state.ts';
import { DropZone } from './drop-zone.tsx';
import { Logo } from './icons.tsx';
import { OpenForm } from './open-form.tsx';
import { ProblemNotice, Unsupported } from './problem-notice.tsx';
import { ShareCardView } from './share-card.tsx';
import { TEXTS } from './texts.ts';
import { useAnnouncement } from './use-announcement.ts';
import { useNewCard } from './use-new-card.ts';
import { useWholePageIntake } from './use-whole-page-intake.ts';
import { needsTab } from './verdict.ts';
import { VolunteerPanel } from './volunteer-panel.tsx';

interface PageProps {
  readonly state: AppState;
  readonly actions: AppActions;
}

export function Page({ state, actions }: PageProps): JSX.Element {
  const mainRef = useRef<HTMLElement>(null);
  const { announcement, announce } = useAnnouncement();
  const intake = useWholePageIntake(state, actions);
  const isUnsupported = state.environment.kind === 'unsupported';
  const hasCards = state.cards.length > 0;
  useNewCard(state.cards, (card) => {
    if (card.role === 'sharer') announce(TEXTS.shareReady(card.name));
    mainRef.current?.querySelector('article')?.scrollIntoView({ block: 'nearest' });
  });

  return (
    <div class="page">
      <header class="page-head">
        <Logo />
        <span>{TEXTS.product}</span>
      </header>
      <main ref={mainRef} tabIndex={-1}>
        <Headline cards={state.cards} />
        {state.notice !== undefined && (
          <ProblemNotice problem={state.notice} onDismiss={actions.dismissNotice} />
        )}
        {intake.unreadableCount > 0 && (
          <ProblemNotice
            problem={{
              sentence: TEXTS.unreadable(intake.unreadableCount),
              advice: TEXTS.unreadableAdvice,
            }}
            onDismiss={intake.dismissUnreadable}
          />
        )}
        {state.environment.kind === 'unsupported' && (
          <Unsupported problem={state.environment.problem} />
        )}
        {state.cards.map((card) => (
          <ShareCardView
            key={card.key}
            card={card}
            actions={actions}
            announce={announce}
            neededFor={state.cards.find((other) => other !== card && needsTab(other))?.name}
            onRemoved={() => mainRef.current?.focus({ preventScroll: true })}
          />
        ))}
        <div class="tracker-line" aria-live="polite" key="tracker-line">
          {state.tracker === 'down' && !isUnsupported && <p>{TEXTS.trackerDown}</p>}
        </div>
        {!isUnsupported && <DropZone key="drop-zone" isSmall={hasCards} onChosen={intake.take} />}
        {!isUnsupported && <OpenForm key="open-form" open={actions.open} />}
        {!hasCards && !isUnsupported && <Facts key="facts" />}
        {state.volunteering !== undefined && (
          <VolunteerPanel
            key="volunteer"
            state={state.volunteering}
            actions={actions}
            announce={announce}
          />
        )}
      </main>
      <footer class="page-foot">{TEXTS.footer}</footer>
      <div class="for-readers" aria-live="polite">
        {announcement}
      </div>
      {intake.isDragging && (
        <div class="drop-veil" aria-hidden="true">
          <p>{TEXTS.dropNow}</p>
        </div>
      )}
    </div>
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
      {TEXTS.facts.map(([title, sentence]) => (
        <li key={title}>
          <strong>{title}</strong>
          <p>{sentence}</p>
        </li>
      ))}
    </ul>
  );
}
