import type { ShareCard } from '../app/app-state.ts';
import { TEXTS } from './texts.ts';

/** What a card is called. Before its header is there, an opened share has no name. */
export function nameCard({ name }: Pick<ShareCard, 'name'>): string {
  return name === '' ? TEXTS.unnamed : name;
}
