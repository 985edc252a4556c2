import { writeUnit } from './format.ts';
import { CARD_TEXTS } from './words/card-texts.ts';

/** "about 2 min left", of a duration as below. Empty while the time is not known. */
export function formatTimeLeft(seconds: number | undefined): string {
  const { timeLeft, secondsLeft, daysLeft } = CARD_TEXTS;
  return tellTime(seconds, timeLeft, secondsLeft, daysLeft);
}

/**
 * "about 2 min": rounded up, and coarse enough not to flicker while the speed wavers.
 * Empty while the time is not known.
 */
export function formatDuration(seconds: number | undefined): string {
  return tellTime(seconds, CARD_TEXTS.timeAbout, CARD_TEXTS.seconds, CARD_TEXTS.days);
}

function tellTime(
  seconds: number | undefined,
  tell: (values: { duration: string }) => string,
  soon: string,
  late: string,
): string {
  if (seconds === undefined || !Number.isFinite(seconds)) return '';
  if (seconds <= 5) return soon;
  const tens = Math.ceil(seconds / 10) * 10;
  if (tens < 60) return tell({ duration: writeUnit(tens, 'second') });
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return tell({ duration: writeUnit(minutes, 'minute') });
  const hours = Math.ceil(seconds / 3600);
  return hours <= 24 ? tell({ duration: writeUnit(hours, 'hour') }) : late;
}
