import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { FileRow } from './file-rows.ts';
import { FILES_TEXTS } from './words/files-texts.ts';

/** So many lines are drawn, however many files there are. */
const PAGE_ROWS = 100;

export interface FilePage {
  /** Of this page. */
  readonly rows: readonly FileRow[];
  readonly number: number;
  readonly pageCount: number;
  readonly firstRow: number;
  readonly rowCount: number;
  readonly turnTo: (number: number) => void;
}

/** One page of a long list at a time. */
export function useFilePage(rows: readonly FileRow[]): FilePage {
  const [wished, turnTo] = useState(0);
  const pageCount = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const number = Math.min(wished, pageCount - 1);
  const firstRow = number * PAGE_ROWS;
  const shown = useMemo(() => rows.slice(firstRow, firstRow + PAGE_ROWS), [rows, firstRow]);
  return { rows: shown, number, pageCount, firstRow, rowCount: rows.length, turnTo };
}

/** The way to the other pages, where there are any. */
export function FilePages({ page }: { readonly page: FilePage }): JSX.Element | null {
  const { number, pageCount, firstRow, rows, rowCount, turnTo } = page;
  if (pageCount === 1) return null;
  return (
    <nav class="file-pages" aria-label={FILES_TEXTS.pages}>
      <button
        type="button"
        class="button button-small"
        disabled={number === 0}
        onClick={() => turnTo(number - 1)}
      >
        {FILES_TEXTS.previous}
      </button>
      <span role="status">
        {FILES_TEXTS.linesOf({
          first: firstRow + 1,
          last: firstRow + rows.length,
          total: rowCount,
        })}
      </span>
      <button
        type="button"
        class="button button-small"
        disabled={number === pageCount - 1}
        onClick={() => turnTo(number + 1)}
      >
        {FILES_TEXTS.next}
      </button>
    </nav>
  );
}
