import type { JSX } from 'preact';
import type { ShareCard } from '../app/app-state.ts';
import type { Figure } from './card-texts.ts';
import { computeFigures } from './card-texts.ts';
import { formatBytes, formatPercent } from './format.ts';
import { Icon } from './icons.tsx';
import { computeStatusLine } from './status-line.ts';
import { formatTimeLeft } from './time-left.ts';
import { CARD_TEXTS } from './words/card-texts.ts';

const KINDS_WITHOUT_PROGRESS: ReadonlySet<ShareCard['status']['kind']> = new Set([
  'failed',
  'choosing',
  'locked',
]);

/**
 * How it stands. Only the state's words are in the live region: percent, speeds and peers change many
 * times a second, and are read by those who go there (the progress bar has them as its value).
 */
export function CardStatus({ card }: { readonly card: ShareCard }): JSX.Element {
  const line = computeStatusLine(card);
  const timeLeft =
    card.status.kind === 'downloading' ? formatTimeLeft(card.transfer.secondsLeft) : '';
  const figures = computeFigures(card);
  const hasProgress = card.role === 'receiver' && !KINDS_WITHOUT_PROGRESS.has(card.status.kind);
  return (
    <div class="card-status">
      <p class="status-line" data-tone={line.tone}>
        <span class="status-state">
          <span role="status">{line.state}</span>
          {line.detail !== '' && <span> {line.detail}</span>}
        </span>
        {timeLeft !== '' && <span class="time-left">{timeLeft}</span>}
      </p>
      {hasProgress && <ProgressBar card={card} />}
      {figures.length > 0 && (
        <ul class="figures">
          {figures.map((figure) => (
            <li key={figure.key} data-figure={figure.key}>
              <FigureText figure={figure} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function ProgressBar({ card }: { readonly card: ShareCard }): JSX.Element {
  const { percent, heldBytes, goalBytes } = card.transfer;
  const amount = CARD_TEXTS.bytesOf({
    held: formatBytes(heldBytes),
    total: formatBytes(goalBytes),
  });
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={CARD_TEXTS.progress}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={`${formatPercent(percent)}, ${amount}`}
      data-done={card.status.kind === 'complete'}
    >
      <div class="progress-bar" style={{ transform: `scaleX(${percent / 100})` }} />
    </div>
  );
}

function FigureText({ figure }: { readonly figure: Figure }): JSX.Element {
  if (figure.key !== 'down' && figure.key !== 'up') return <>{figure.text}</>;
  return (
    <>
      <Icon name={figure.key} />
      <span class="for-readers">
        {figure.key === 'down' ? CARD_TEXTS.downSpeed : CARD_TEXTS.upSpeed}:{' '}
      </span>
      {figure.text}
    </>
  );
}
