import type { JSX } from 'preact';
import { useId, useMemo } from 'preact/hooks';
import type { CardCopies } from '../app/app-state.ts';
import type { CopyRow } from './verdict.ts';
import { COPY_CHOICES } from '../app/card-copies.ts';
import { Icon } from './icons.tsx';
import { computeCopyRows, computeVerdict } from './verdict.ts';
import { currentLanguage } from './words/catalogue.ts';
import { COPIES_TEXTS } from './words/copies-texts.ts';

interface CopiesPanelProps {
  readonly copies: CardCopies;
  /** Something else that closing the tab would end. */
  readonly neededFor: string | undefined;
  readonly onTarget: (copies: number) => void;
}

/** Whether the sharer's tab may be closed, why, and which pieces others hold. */
export function CopiesPanel({ copies, neededFor, onTarget }: CopiesPanelProps): JSX.Element {
  const selectId = useId();
  const verdict = computeVerdict(copies, neededFor);
  const language = currentLanguage();
  // oxlint-disable-next-line react/exhaustive-deps -- percents are written in that language
  const rows = useMemo(() => computeCopyRows(copies), [copies, language]);
  return (
    <section class="copies" data-verdict={verdict.kind}>
      <div class="verdict">
        <Icon name={verdict.kind === 'stay' ? 'clock' : 'check'} />
        <div>
          <p class="verdict-title" aria-live="polite">
            {verdict.title}
          </p>
          <p class="verdict-detail">{verdict.detail}</p>
        </div>
      </div>
      <div class="copy-rows" role="img" aria-label={describeRows(rows)}>
        {rows.map((row) => (
          <CopyRowView key={row.number} row={row} columnCount={copies.columns.length} />
        ))}
      </div>
      <div class="copies-foot">
        <p class="full-copies">{tellFullCopies(copies.fullCopies)}</p>
        <div class="field">
          <label for={selectId}>{COPIES_TEXTS.target}</label>
          <select
            id={selectId}
            value={copies.target}
            onChange={(event) => onTarget(Number(event.currentTarget.value))}
          >
            {COPY_CHOICES.map((target) => (
              <option key={target} value={target}>
                {target}
              </option>
            ))}
          </select>
        </div>
      </div>
    </section>
  );
}

function CopyRowView(props: { readonly row: CopyRow; readonly columnCount: number }): JSX.Element {
  const { row, columnCount } = props;
  const path = row.runs.map(([first, end]) => `M${first} 0H${end}V1H${first}Z`).join('');
  return (
    <>
      <span>{COPIES_TEXTS.row({ number: row.number })}</span>
      <svg viewBox={`0 0 ${columnCount} 1`} preserveAspectRatio="none">
        <path d={path} />
      </svg>
      <span class="copy-percent">{row.percent}</span>
    </>
  );
}

function describeRows(rows: readonly CopyRow[]): string {
  const parts = rows.map(({ number, percent }) => COPIES_TEXTS.rowPart({ number, percent }));
  return COPIES_TEXTS.picture({ rows: parts.join(', ') });
}

function tellFullCopies(count: number): string {
  return count === 0 ? COPIES_TEXTS.noFullCopy : COPIES_TEXTS.fullCopies(count);
}
