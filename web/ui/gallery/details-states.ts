import type { mountPage } from '../mount.tsx';
import type { AppState } from './made-up-page.ts';
import { card, MB, page } from './made-up-page.ts';

type Look = Parameters<typeof mountPage>[1]['actions']['look'];
type Sight = NonNullable<Parameters<Parameters<Look>[1]>[0]>;
type Peer = Sight['peers'][number];

const UNAVAILABLE = 0;
const AVAILABLE = 1;
const FETCHING = 2;
const HELD = 3;
const UNWANTED = 4;
const UNSEALED = 5;

function pieces(count: number, stateAt: (piece: number) => number): Sight['pieces'] {
  return Uint8Array.from({ length: count }, (_, piece) => stateAt(piece));
}

function speeds(seconds: number, down: number, up: number): Sight['speeds'] {
  const wave = (mean: number, length: number) =>
    Float32Array.from({ length: seconds }, (_, i) =>
      Math.max(0, mean * (1 + Math.sin(i / length) / 3 + Math.sin(i * 7.3) / 9)),
    );
  return { down: wave(down, 9), up: wave(up, 5), averageDown: down, averageUp: up };
}

function peer(change: Partial<Peer>): Peer {
  return {
    kind: 'peer',
    number: 1,
    percent: 100,
    downBytesPerSecond: 0,
    upBytesPerSecond: 0,
    route: 'direct',
    ...change,
  };
}

/** Scattered, as rarest first leaves it. */
function stateOf(piece: number, heldPart: number): number {
  const place = (piece * 7919) % 1000;
  if (place < heldPart * 1000) return HELD;
  if (place < heldPart * 1000 + 15) return FETCHING;
  return place < 900 ? AVAILABLE : UNAVAILABLE;
}

const CROWD: readonly Peer[] = [
  peer({ number: 1, percent: 100, downBytesPerSecond: 5.2 * MB, upBytesPerSecond: 0.4 * MB }),
  peer({ number: 2, percent: 61, downBytesPerSecond: 2.1 * MB, upBytesPerSecond: 1.2 * MB }),
  peer({ number: 4, percent: 8, upBytesPerSecond: 0.9 * MB, route: 'relayed' }),
  peer({ kind: 'volunteer', number: 1, percent: 33, downBytesPerSecond: 1.3 * MB }),
  peer({ kind: 'volunteer', number: 2, percent: 0, route: undefined }),
];

const SIGHTS: Readonly<Record<string, Sight>> = {
  few: {
    pieces: pieces(74, (piece) => stateOf(piece, 0.42)),
    speeds: speeds(44, 8.6 * MB, 1.3 * MB),
    peers: CROWD,
  },
  many: {
    pieces: pieces(1024, (piece) => (piece > 960 ? UNWANTED : stateOf(piece, 0.42))),
    speeds: speeds(300, 8.6 * MB, 1.3 * MB),
    peers: Array.from({ length: 30 }, (_, i) =>
      peer({ number: i + 1, percent: (i * 37) % 101, downBytesPerSecond: 0.3 * MB }),
    ),
  },
  most: {
    pieces: pieces(65_536, (piece) => (piece < 30_000 ? HELD : stateOf(piece >> 4, 0.2))),
    speeds: speeds(150, 42 * MB, 0),
    peers: CROWD.slice(0, 1),
  },
  sharing: {
    pieces: pieces(300, (piece) => (piece % 64 < 40 ? HELD : UNSEALED)),
    speeds: speeds(200, 0, 3.2 * MB),
    peers: [
      peer({ number: 1, percent: 64, upBytesPerSecond: 2.1 * MB }),
      peer({ number: 2, percent: 18, upBytesPerSecond: 1.1 * MB, route: 'relayed' }),
    ],
  },
};

function downloading(key: string): AppState {
  return page({
    showsDetails: true,
    doneNotices: 'off',
    cards: [
      card(
        { key, status: { kind: 'downloading' } },
        {
          heldBytes: 104.9 * MB,
          percent: 42,
          downBytesPerSecond: 8.6 * MB,
          upBytesPerSecond: 1.3 * MB,
          secondsLeft: 17,
          connectedPeers: 5,
          holderCount: 4,
          seederCount: 1,
        },
      ),
    ],
  });
}

/** Cards with their details open; what is seen goes by the card's key. */
export const DETAILS_STATES: Readonly<Record<string, AppState>> = {
  'details-few': downloading('few'),
  'details-many': downloading('many'),
  'details-most': downloading('most'),
  'details-resting': downloading('resting'),
  'details-sharing': page({
    showsDetails: true,
    cards: [
      card(
        { key: 'sharing', role: 'sharer', status: { kind: 'sharing' }, name: 'Holiday.mp4' },
        { percent: 100, connectedPeers: 2, upBytesPerSecond: 3.2 * MB, sentBytes: 418 * MB },
      ),
    ],
  }),
};

export const lookAtMadeUp: Look = (key, onSight) => {
  const timer = setTimeout(() => onSight(SIGHTS[key]), 0);
  return () => clearTimeout(timer);
};
