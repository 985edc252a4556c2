import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { TEXTS } from './texts.ts';

interface ReadingLineProps {
  readonly isReading: boolean;
  readonly announce: (sentence: string) => void;
}

/** Seen for as long as files are being read, and heard once. */
export function ReadingLine({ isReading, announce }: ReadingLineProps): JSX.Element | null {
  useEffect(() => {
    if (isReading) announce(TEXTS.reading);
  }, [isReading, announce]);
  return isReading ? <p class="reading-line">{TEXTS.reading}</p> : null;
}
