import type { AppState } from '../app/app-state.ts';
import { formatPercent } from './format.ts';
import { nameCard } from './name-card.ts';
import { TEXTS } from './texts.ts';

/** The tab's title: progress first, because tabs are narrow. */
export function computePageTitle(state: Pick<AppState, 'cards'>): string {
  const moving = state.cards.find((card) => card.status.kind === 'downloading');
  if (moving !== undefined) {
    return `${formatPercent(moving.transfer.percent)} · ${nameCard(moving)} – ${TEXTS.product}`;
  }
  const [newest] = state.cards;
  return newest === undefined ? TEXTS.product : `${nameCard(newest)} – ${TEXTS.product}`;
}
