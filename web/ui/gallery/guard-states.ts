import type { AppState } from './made-up-page.ts';
import { card, MB, page } from './made-up-page.ts';

type ShareCard = AppState['cards'][number];

const PART = { heldBytes: 104.9 * MB, percent: 42, holderCount: 1 };
const WHOLE = { heldBytes: 248.4 * MB, percent: 100, holderCount: 1, seederCount: 1 };
const OVER = { secondsLeft: 0, isOver: true };

function locked(answer: Extract<ShareCard['status'], { kind: 'locked' }>['answer']): AppState {
  const status = { kind: 'locked', answer } as const;
  const hidden = { name: '', fileCount: 0, totalBytes: 0, hasPassword: true, status };
  return page({ cards: [card(hidden, { holderCount: 1, seederCount: 1 })] });
}

/** Passwords and ends, as their sharer and as others see them. */
export const GUARD_STATES: Readonly<Record<string, AppState>> = {
  options: page({ nextPassword: 'open sesame' }),
  locked: locked('none'),
  'locked-checking': locked('checking'),
  'locked-wrong': locked('wrong'),
  'sharer-ending': page({
    cards: [
      card(
        {
          role: 'sharer',
          name: 'Garden plan.pdf',
          hasPassword: true,
          status: { kind: 'sharing' },
          end: { secondsLeft: 84_000, isOver: false },
          downloads: { count: 2, limit: 5 },
        },
        { percent: 100, connectedPeers: 1 },
      ),
    ],
  }),
  'sharer-ended': page({
    cards: [
      card({
        role: 'sharer',
        name: 'Garden plan.pdf',
        status: { kind: 'ended' },
        end: OVER,
        downloads: { count: 1, limit: 1 },
      }),
    ],
  }),
  'ready-ending': page({
    cards: [card({ end: { secondsLeft: 10_800, isOver: false } }, { holderCount: 1 })],
  }),
  'complete-ended': page({
    cards: [card({ status: { kind: 'complete', saved: true }, end: OVER }, WHOLE)],
  }),
  'going-on-ended': page({
    cards: [card({ status: { kind: 'downloading' }, end: OVER }, { ...PART, connectedPeers: 1 })],
  }),
  'part-ended': page({ cards: [card({ status: { kind: 'ended' }, end: OVER }, PART)] }),
  'refused-ended': page({
    cards: [
      card({
        name: '',
        fileCount: 0,
        totalBytes: 0,
        status: { kind: 'failed', problem: { code: 'ended' } },
      }),
    ],
  }),
};
