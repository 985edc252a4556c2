import type { JSX } from 'preact';
import { STATUS_TEXTS } from './words/card-texts.ts';
import { PREVIEW_TEXTS } from './words/preview-texts.ts';

/** Why nothing is shown of a file yet. */
export function PreviewWait({ isPaused }: { readonly isPaused: boolean }): JSX.Element {
  return <p class="hint">{isPaused ? STATUS_TEXTS.paused : PREVIEW_TEXTS.waiting}</p>;
}
