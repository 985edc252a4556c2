import type { JSX } from 'preact';
import type { AppActions, EndChoice, ShareCard } from '../app/app-state.ts';
import { describeEnd } from './end-texts.ts';
import { lazyView } from './lazy-view.tsx';

const EndPanel = lazyView(async () => (await import('./end-panel.tsx')).EndPanel);
const UnlockForm = lazyView(async () => (await import('./unlock-form.tsx')).UnlockForm);

interface CardGuardProps {
  readonly card: ShareCard;
  readonly actions: Pick<AppActions, 'unlock' | 'setEnd'>;
}

/** Who may have the share, and until when. */
export function CardGuard({ card, actions }: CardGuardProps): JSX.Element | null {
  const { key, status, role, end, downloads } = card;
  if (status.kind === 'locked') {
    return (
      <UnlockForm answer={status.answer} onPassword={(password) => actions.unlock(key, password)} />
    );
  }
  if (status.kind === 'ended' || status.kind === 'failed') return null;
  if (role === 'sharer') {
    const onEnd = (choice: EndChoice): void => actions.setEnd(key, choice);
    return <EndPanel end={end} downloads={downloads} onEnd={onEnd} />;
  }
  return end?.isOver === false ? <p class="hint">{describeEnd(end)}</p> : null;
}
