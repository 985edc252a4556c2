import type { AppState } from './made-up-page.ts';
import { card, MB, page } from './made-up-page.ts';

type ShareCard = AppState['cards'][number];
type Content = NonNullable<AppState['preview']>['content'];

const DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800">' +
  '<rect width="1200" height="800" fill="#7a9"/><circle cx="600" cy="400" r="250" fill="#e8dcc0"/></svg>';
const PICTURE: Content = {
  kind: 'image',
  address: `data:image/svg+xml,${encodeURIComponent(DRAWING)}`,
};
const FILES = [
  { path: 'Garden/plan.mp4', size: 310 * MB },
  { path: 'Garden/rows/first light.jpg', size: 4.1 * MB },
  { path: 'Garden/seeds.csv', size: 0.02 * MB },
];

function downloading(change: Partial<ShareCard>): ShareCard {
  return card(
    { status: { kind: 'downloading' }, canPreview: true, ...change },
    {
      heldBytes: 12.9 * MB,
      percent: 4,
      downBytesPerSecond: 2.6 * MB,
      secondsLeft: 117,
      connectedPeers: 2,
      holderCount: 2,
      seederCount: 1,
    },
  );
}

function showing(shown: ShareCard, content: Content, fileNumber = 0): AppState {
  return page({ cards: [shown], preview: { key: shown.key, fileNumber, content } });
}

const film = downloading({ name: 'Garden plan.mp4', totalBytes: 310 * MB });
const folder = downloading({ name: 'Garden', fileCount: 3, totalBytes: 314 * MB, files: FILES });
const note = card(
  {
    name: 'Pasted text.txt',
    totalBytes: 74,
    status: { kind: 'complete', saved: true },
    canPreview: true,
  },
  { heldBytes: 74, percent: 100, holderCount: 1, seederCount: 1 },
);

/** A file that is looked at, in each form. */
export const PREVIEW_STATES: Readonly<Record<string, AppState>> = {
  'preview-offered': page({ cards: [film] }),
  'preview-film': showing(film, { kind: 'video', address: '/favicon.svg' }),
  'preview-waiting': showing(film, { kind: 'waiting' }),
  'preview-paused': showing(
    { ...film, status: { kind: 'paused', problem: undefined } },
    { kind: 'waiting' },
  ),
  'preview-picture': showing(folder, PICTURE, 1),
  'preview-text': showing(
    note,
    {
      kind: 'text',
      text: 'https://example.org/a-rather-long-address/that-goes-on/for-a-while?and=more\n',
      isWhole: true,
      link: 'https://example.org/a-rather-long-address/that-goes-on/for-a-while?and=more',
    },
    0,
  ),
  'preview-long-text': showing(
    folder,
    {
      kind: 'text',
      text: 'bed;seed;sown;harvest\n1;carrots;12 March;July\n'.repeat(40),
      isWhole: false,
      link: undefined,
    },
    2,
  ),
  'preview-refused': showing(folder, { kind: 'refused', reason: 'not-text' }, 2),
};
