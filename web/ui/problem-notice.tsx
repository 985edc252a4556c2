import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Offered, Problem } from '../app/app-state.ts';
import { describeProblem, NOTICE_TEXTS } from './words/problem-texts.ts';

interface ProblemNoticeProps {
  readonly problem: Problem;
  readonly onDismiss: () => void;
}

export function ProblemNotice({ problem, onDismiss }: ProblemNoticeProps): JSX.Element {
  return <Notice {...describeProblem(problem)} onDismiss={onDismiss} />;
}

interface UnreadableNoticeProps {
  readonly count: number;
  readonly onDismiss: () => void;
}

/** Of what was dropped or chosen, the browser would not read so many. */
export function UnreadableNotice({ count, onDismiss }: UnreadableNoticeProps): JSX.Element {
  const { unreadable, unreadableAdvice } = NOTICE_TEXTS;
  return <Notice sentence={unreadable(count)} advice={unreadableAdvice} onDismiss={onDismiss} />;
}

interface NoticeProps {
  readonly sentence: string;
  readonly advice: string;
  readonly onDismiss: () => void;
}

function Notice({ sentence, advice, onDismiss }: NoticeProps): JSX.Element {
  const noticeRef = useRef<HTMLDivElement>(null);
  useEffect(() => noticeRef.current?.scrollIntoView({ block: 'nearest' }), [sentence]);
  return (
    <div class="notice" ref={noticeRef} role="alert">
      <div>
        <p class="notice-sentence">{sentence}</p>
        <p>{advice}</p>
      </div>
      <button type="button" class="button" onClick={onDismiss}>
        {NOTICE_TEXTS.dismiss}
      </button>
    </div>
  );
}

interface OfferNoticeProps {
  readonly offered: Offered;
  readonly onAnswer: (isWanted: boolean) => void;
}

/** Something came from elsewhere. Any page can send a form here, so it is not shared unseen. */
export function OfferNotice({ offered, onAnswer }: OfferNoticeProps): JSX.Element {
  const { name, fileCount } = offered;
  return (
    <div class="notice notice-offer" role="alert">
      <div>
        <p class="notice-sentence">{NOTICE_TEXTS.offer(fileCount, { name })}</p>
        <p>{NOTICE_TEXTS.offerAdvice}</p>
      </div>
      <div class="card-buttons">
        <button type="button" class="button button-call" onClick={() => onAnswer(true)}>
          {NOTICE_TEXTS.acceptOffer}
        </button>
        <button type="button" class="button" onClick={() => onAnswer(false)}>
          {NOTICE_TEXTS.refuseOffer}
        </button>
      </div>
    </div>
  );
}

/** In place of the drop zone, where the browser or the page's address cannot do it at all. */
export function Unsupported({ problem }: Pick<ProblemNoticeProps, 'problem'>): JSX.Element {
  const { sentence, advice } = describeProblem(problem);
  return (
    <section class="unsupported" aria-labelledby="unsupported-title">
      <h2 id="unsupported-title">{sentence}</h2>
      <p>{advice}</p>
    </section>
  );
}
