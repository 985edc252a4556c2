import type { AppState } from './made-up-page.ts';
import { card, MB, NOT_VOLUNTEERING, page } from './made-up-page.ts';

type ShareCard = AppState['cards'][number];
type Copies = NonNullable<ShareCard['copies']>;

const COLUMNS = 306;

/** Columns with as many copies as `countAt` says. */
function columns(countAt: (column: number) => number): Copies['columns'] {
  return Uint8Array.from({ length: COLUMNS }, (_, column) => countAt(column));
}

const NONE: Copies = {
  target: 2,
  mayClose: false,
  fullCopies: 0,
  columns: columns(() => 0),
  lackingBytes: 40 * MB,
  totalBytes: 40 * MB,
  secondsLeft: undefined,
  isAlone: true,
};
const SPREADING: Copies = {
  ...NONE,
  columns: columns((column) => ((column % 37) % 3 ? (column % 11 ? 2 : 1) : column % 2)),
  lackingBytes: 12 * MB,
  secondsLeft: 17,
  isAlone: false,
};
const ENOUGH: Copies = {
  ...NONE,
  mayClose: true,
  fullCopies: 3,
  columns: columns(() => 3),
  lackingBytes: 0,
  isAlone: false,
};

function sharer(copies: Copies, change: Partial<Pick<ShareCard, 'name'>> = {}): ShareCard {
  return card(
    {
      role: 'sharer',
      status: { kind: 'sharing' },
      name: 'Garden plan.pdf',
      totalBytes: 40 * MB,
      copies,
      ...change,
    },
    {
      percent: 100,
      connectedPeers: copies.isAlone ? 0 : 4,
      upBytesPerSecond: copies.secondsLeft === undefined ? 0 : 1.4 * MB,
      sentBytes: copies.isAlone ? 0 : 41 * MB,
    },
  );
}

const HELPING: NonNullable<AppState['volunteering']> = {
  ...NOT_VOLUNTEERING,
  settings: { ...NOT_VOLUNTEERING.settings, isOn: true },
};
const HOLDING = { ...HELPING, heldBytes: 124 * MB, pieceCount: 1204, shareCount: 3 };

/** Sharers who may or may not close their tabs, volunteers, and receivers from volunteers. */
export const COPIES_STATES: Readonly<Record<string, AppState>> = {
  'copies-alone': page({ cards: [sharer(NONE)] }),
  'copies-spreading': page({ cards: [sharer(SPREADING)] }),
  'copies-waiting': page({
    cards: [sharer({ ...SPREADING, secondsLeft: undefined, target: 1, fullCopies: 0 })],
  }),
  'copies-close': page({ cards: [sharer(ENOUGH)] }),
  'copies-safe': page({
    cards: [sharer(ENOUGH), sharer({ ...SPREADING, target: 5 }, { name: 'Holiday.mp4' })],
  }),
  'copies-one-piece': page({
    cards: [sharer({ ...NONE, columns: Uint8Array.of(1), fullCopies: 1, isAlone: false })],
  }),
  'volunteer-idle': page({ volunteering: HELPING }),
  'volunteer-holding': page({ volunteering: { ...HOLDING, upBytesPerSecond: 0.4 * MB } }),
  'volunteer-resting': page({
    volunteering: { ...HOLDING, settings: NOT_VOLUNTEERING.settings },
  }),
  'volunteer-problem': page({
    volunteering: {
      ...HOLDING,
      problem: { code: 'no-room-for-others' },
    },
  }),
  'from-volunteers': page({
    cards: [
      card(
        { status: { kind: 'downloading' } },
        {
          heldBytes: 104.9 * MB,
          percent: 42,
          downBytesPerSecond: 8.6 * MB,
          secondsLeft: 17,
          connectedPeers: 4,
          holderCount: 4,
          volunteerCount: 3,
        },
      ),
    ],
  }),
};
