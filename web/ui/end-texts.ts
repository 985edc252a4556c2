import type { CardEnd } from '../app/app-state.ts';
import { currentLanguage } from './words/catalogue.ts';
import { END_TEXTS } from './words/guard-texts.ts';

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/** "in 3 hours": of less than two of a unit the smaller one is told. */
export function formatUntil(secondsLeft: number): string {
  const format = new Intl.RelativeTimeFormat(currentLanguage());
  if (secondsLeft < 2 * HOUR_S) {
    return format.format(Math.max(1, Math.round(secondsLeft / MINUTE_S)), 'minute');
  }
  if (secondsLeft < 2 * DAY_S) return format.format(Math.round(secondsLeft / HOUR_S), 'hour');
  return format.format(Math.round(secondsLeft / DAY_S), 'day');
}

export function describeEnd(end: CardEnd | undefined): string {
  if (end === undefined) return END_TEXTS.none;
  return END_TEXTS.ends({ when: formatUntil(end.secondsLeft) });
}
