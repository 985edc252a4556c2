import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Problem } from '../app/app-state.ts';
import { TEXTS } from './texts.ts';

interface ProblemNoticeProps {
  readonly problem: Pick<Problem, 'sentence' | 'advice'>;
  readonly onDismiss: () => void;
}

export function ProblemNotice({ problem, onDismiss }: ProblemNoticeProps): JSX.Element {
  const noticeRef = useRef<HTMLDivElement>(null);
  useEffect(() => noticeRef.current?.scrollIntoView({ block: 'nearest' }), [problem.sentence]);
  return (
    <div class="notice" ref={noticeRef} role="alert">
      <div>
        <p class="notice-sentence">{problem.sentence}</p>
        <p>{problem.advice}</p>
      </div>
      <button type="button" class="button" onClick={onDismiss}>
        {TEXTS.dismiss}
      </button>
    </div>
  );
}

/** In place of the drop zone, where the browser or the page's address cannot do it at all. */
export function Unsupported({ problem }: Pick<ProblemNoticeProps, 'problem'>): JSX.Element {
  return (
    <section class="unsupported" aria-labelledby="unsupported-title">
      <h2 id="unsupported-title">{problem.sentence}</h2>
      <p>{problem.advice}</p>
    </section>
  );
}
