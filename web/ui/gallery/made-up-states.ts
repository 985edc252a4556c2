import type { AppState } from './made-up-page.ts';
import { COPIES_STATES } from './copies-states.ts';
import { FILES_STATES } from './files-states.ts';
import { DOOR_STATES } from './door-states.ts';
import { DETAILS_STATES } from './details-states.ts';
import { GUARD_STATES } from './guard-states.ts';
import { card, MB, page } from './made-up-page.ts';
import { PREVIEW_STATES } from './preview-states.ts';

const LONG = `${'A very long name that goes on and on '.repeat(6)}end`;
const sharing = card(
  { role: 'sharer', status: { kind: 'sharing' }, name: 'Garden plan.pdf', totalBytes: 12.4 * MB },
  { percent: 100, connectedPeers: 2, upBytesPerSecond: 3.2 * MB, sentBytes: 18.9 * MB },
);
const album = [
  { path: 'Album/01 First light.flac', size: 31 * MB },
  { path: 'Album/02 A longer walk along the river.flac', size: 42.5 * MB },
  { path: 'Album/booklet/cover.png', size: 2.1 * MB },
];

/** One made-up state a screenshot, by name. */
export const MADE_UP_STATES: Readonly<Record<string, AppState>> = {
  start: page({}),
  sharer: page({ cards: [sharing] }),
  looking: page({ cards: [card({ status: { kind: 'looking' }, fileCount: 0, totalBytes: 0 })] }),
  ready: page({ cards: [card({}, { holderCount: 3, seederCount: 1 })] }),
  downloading: page({
    cards: [
      card(
        { status: { kind: 'downloading' } },
        {
          heldBytes: 104.9 * MB,
          percent: 42,
          downBytesPerSecond: 8.6 * MB,
          upBytesPerSecond: 1.3 * MB,
          secondsLeft: 17,
          connectedPeers: 4,
          holderCount: 4,
          seederCount: 1,
        },
      ),
    ],
  }),
  complete: page({
    cards: [
      card(
        {
          name: 'Album',
          fileCount: 3,
          totalBytes: 75.6 * MB,
          files: album,
          status: { kind: 'complete', saved: false },
        },
        {
          heldBytes: 75.6 * MB,
          percent: 100,
          sentBytes: 40 * MB,
          connectedPeers: 2,
          holderCount: 3,
          seederCount: 2,
        },
      ),
    ],
  }),
  failed: page({
    cards: [
      card({
        status: {
          kind: 'failed',
          problem: { code: 'source-changed' },
        },
      }),
    ],
  }),
  'sharing-stored': page({
    cards: [
      card(
        {
          role: 'sharer',
          name: 'Holiday.mp4',
          totalBytes: 2400 * MB,
          status: { kind: 'sharing-stored', missingBytes: 1900 * MB, canAllow: false },
        },
        { heldBytes: 500 * MB, percent: 20, connectedPeers: 1, sentBytes: 620 * MB },
      ),
    ],
  }),
  'waiting-for-tab': page({
    cards: [card({ status: { kind: 'waiting-for-tab' } }, { heldBytes: 104.9 * MB, percent: 42 })],
  }),
  ...COPIES_STATES,
  ...FILES_STATES,
  ...DOOR_STATES,
  ...DETAILS_STATES,
  ...PREVIEW_STATES,
  ...GUARD_STATES,
  unsupported: page({
    volunteering: undefined,
    environment: {
      kind: 'unsupported',
      problem: { code: 'insecure-page' },
    },
  }),
  hostile: page({
    tracker: 'down',
    notice: { code: 'damaged-link' },
    cards: [
      card({ key: '1', name: `${LONG}.pdf` }, { holderCount: 1 }),
      card({ key: '2', name: 'invoice\u202Efdp.exe' }, { holderCount: 1, seederCount: 1 }),
      card(
        {
          key: '3',
          name: `${'x'.repeat(200)}.tar.gz`,
          status: { kind: 'paused', problem: undefined },
        },
        { heldBytes: 10 * MB, percent: 4 },
      ),
      card(
        {
          key: '4',
          role: 'sharer',
          name: 'صور العائلة ٢٠٢٤.zip',
          fileCount: 3,
          files: [
            { path: `a/${'deep/'.repeat(40)}b.txt`, size: 1 },
            { path: 'صور/واحد.jpg', size: 1000 },
          ],
          status: { kind: 'sharing' },
        },
        { seederCount: 1, holderCount: 2 },
      ),
    ],
  }),
};
