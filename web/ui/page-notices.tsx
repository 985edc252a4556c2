import type { JSX } from 'preact';
import type { AppActions, AppState } from '../app/app-state.ts';
import type { IntakeState } from './use-whole-page-intake.ts';
import { OfferNotice, ProblemNotice, UnreadableNotice, Unsupported } from './problem-notice.tsx';

interface PageNoticesProps {
  readonly state: Pick<AppState, 'notice' | 'offered' | 'environment'>;
  readonly actions: Pick<AppActions, 'dismissNotice' | 'answerOffer'>;
  readonly intake: Pick<IntakeState, 'unreadableCount' | 'dismissUnreadable'>;
}

/** What concerns the page as a whole, and is to be read before anything else. */
export function PageNotices({ state, actions, intake }: PageNoticesProps): JSX.Element {
  const { notice, offered, environment } = state;
  return (
    <>
      {notice !== undefined && <ProblemNotice problem={notice} onDismiss={actions.dismissNotice} />}
      {intake.unreadableCount > 0 && (
        <UnreadableNotice count={intake.unreadableCount} onDismiss={intake.dismissUnreadable} />
      )}
      {offered !== undefined && <OfferNotice offered={offered} onAnswer={actions.answerOffer} />}
      {environment.kind === 'unsupported' && <Unsupported problem={environment.problem} />}
    </>
  );
}
