import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AppActions, ShareCard } from '../app/app-state.ts';
import type { Sight } from '../app/sight.ts';
import { PeerList } from './peer-list.tsx';
import { PieceMap } from './piece-map.tsx';
import { SpeedChart } from './speed-chart.tsx';
import { useOnScreen } from './use-on-screen.ts';
import { DETAILS_TEXTS } from './words/details-texts.ts';

interface DetailsPanelProps {
  readonly card: ShareCard;
  readonly look: AppActions['look'];
}

/** The pieces, the speed and the peers of one share, while somebody can see them. */
export function DetailsPanel({ card, look }: DetailsPanelProps): JSX.Element {
  const rootRef = useRef<HTMLDivElement>(null);
  // Null before the first look.
  const [sight, setSight] = useState<Sight | null | undefined>(null);
  const isOnScreen = useOnScreen(rootRef);
  useEffect(
    () => (isOnScreen ? look(card.key, setSight) : undefined),
    [isOnScreen, card.key, look],
  );
  return (
    <div class="details" ref={rootRef}>
      {sight === undefined && <p class="hint">{DETAILS_TEXTS.resting}</p>}
      {sight && (
        <>
          <PieceMap pieces={sight.pieces} role={card.role} />
          <SpeedChart speeds={sight.speeds} />
          <PeerList card={card} sight={sight} />
        </>
      )}
    </div>
  );
}
