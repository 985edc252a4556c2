import type { AppState } from './made-up-page.ts';
import { card, MB, page } from './made-up-page.ts';

const UNWANTED = 0;
const WANTED = 1;
const HERE = 2;

const files = [
  { path: 'Album/01 First light.flac', size: 31 * MB },
  { path: 'Album/02 A longer walk along the river.flac', size: 42.5 * MB },
  { path: 'Album/booklet/cover.png', size: 2.1 * MB },
  { path: 'Album/booklet/words of all songs.pdf', size: 0.4 * MB },
];
const album = { name: 'Album', fileCount: 4, totalBytes: 76 * MB, files } as const;
const many = Array.from({ length: 5_000 }, (_, i) => ({
  path: `Photos/2024-${1 + (i % 12)}/IMG_${i}.jpg`,
  size: (1 + (i % 5)) * MB,
}));

/** Shares of several files: chosen from, partly here, and places to save into. */
export const FILES_STATES: Readonly<Record<string, AppState>> = {
  'files-ready': page({ cards: [card(album, { holderCount: 2, seederCount: 1 })] }),
  'files-choosing': page({
    cards: [
      card({
        ...album,
        status: { kind: 'choosing' },
        choice: { states: new Uint8Array(4), isPart: true, wanted: [], wantedCount: 0 },
      }),
    ],
  }),
  'files-many': page({
    cards: [
      card({
        name: 'Photos',
        fileCount: many.length,
        totalBytes: 15_000 * MB,
        files: many,
        status: { kind: 'choosing' },
        choice: { states: new Uint8Array(5_000), isPart: true, wanted: [0, 12], wantedCount: 2 },
      }),
    ],
  }),
  'files-part': page({
    cards: [
      card(
        {
          ...album,
          status: { kind: 'downloading' },
          choice: {
            states: Uint8Array.of(WANTED, UNWANTED, HERE, UNWANTED),
            isPart: true,
            wanted: [0, 2],
            wantedCount: 2,
          },
        },
        {
          goalBytes: 33.1 * MB,
          heldBytes: 14 * MB,
          percent: 42,
          downBytesPerSecond: 2 * MB,
          secondsLeft: 10,
          connectedPeers: 2,
        },
      ),
    ],
  }),
  'files-complete': page({
    cards: [
      card(
        {
          ...album,
          places: ['file', 'folder'],
          status: { kind: 'complete', saved: true },
          choice: {
            states: Uint8Array.of(HERE, UNWANTED, HERE, UNWANTED),
            isPart: true,
            wanted: [0, 2],
            wantedCount: 2,
          },
        },
        { goalBytes: 33.1 * MB, heldBytes: 33.1 * MB, percent: 100, connectedPeers: 1 },
      ),
    ],
  }),
};
