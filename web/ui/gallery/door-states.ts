import type { AppState } from './made-up-page.ts';
import { card, MB, page } from './made-up-page.ts';

type ShareCard = AppState['cards'][number];

const SPACE: NonNullable<AppState['space']> = {
  usedBytes: 1240 * MB,
  quotaBytes: 62_000 * MB,
  storedBytes: new Map([['Garden plan.pdf', 12.4 * MB]]),
  elsewhere: ['Holiday.mp4'],
};

const SHARING = card(
  { role: 'sharer', status: { kind: 'sharing' }, name: 'Garden plan.pdf', totalBytes: 12.4 * MB },
  { percent: 100 },
);

function makeMany(): ShareCard[] {
  return Array.from({ length: 12 }, (_, i) =>
    i % 3 === 0
      ? { ...SHARING, key: `own ${i}`, name: `Plan of the garden, part ${i}.pdf` }
      : card({
          key: `saved ${i}`,
          name: `A walk along the river on a long summer’s day, recording ${i}.flac`,
          status: { kind: 'complete', saved: true },
        }),
  );
}

/** What was just made, what came from elsewhere, and what has gathered. */
export const DOOR_STATES: Readonly<Record<string, AppState>> = {
  made: page({
    cards: [SHARING],
    made: { key: SHARING.key, isLinkCopied: true },
    space: SPACE,
    canInstall: true,
  }),
  offered: page({ offered: { name: 'IMG_2041.jpg', fileCount: 3 } }),
  many: page({ cards: makeMany(), space: SPACE }),
};
