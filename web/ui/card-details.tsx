import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppActions, ShareCard } from '../app/app-state.ts';
import { lazyView } from './lazy-view.tsx';
import { CARD_TEXTS } from './words/card-texts.ts';

const DetailsPanel = lazyView(async () => (await import('./details-panel.tsx')).DetailsPanel);

const KINDS_WITHOUT: ReadonlySet<ShareCard['status']['kind']> = new Set([
  'looking',
  'locked',
  'ended',
  'ready',
  'failed',
]);

interface CardDetailsProps {
  readonly card: ShareCard;
  readonly actions: Pick<AppActions, 'look' | 'setDetails'>;
  /** How a person last left them. */
  readonly startsOpen: boolean;
}

/** What happens, for those who want to see it. Closed it costs nothing. */
export function CardDetails({ card, actions, startsOpen }: CardDetailsProps): JSX.Element | null {
  const [isOpen, setOpen] = useState(startsOpen);
  if (KINDS_WITHOUT.has(card.status.kind)) return null;
  return (
    <details
      open={isOpen}
      onToggle={(event) => {
        const { open } = event.currentTarget;
        if (open === isOpen) return;
        setOpen(open);
        actions.setDetails(open);
      }}
    >
      <summary>{CARD_TEXTS.details}</summary>
      {isOpen && <DetailsPanel card={card} look={actions.look} />}
    </details>
  );
}
