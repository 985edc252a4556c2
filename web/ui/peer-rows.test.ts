import { expect, test } from 'vitest';
import { createCard } from '../app/card.test-helper.ts';
import type { SightedPeer } from '../app/sight.ts';
import { PIECE } from '../app/sight.ts';
import { computePeerRows } from './peer-rows.ts';

const STILL = { downBytesPerSecond: 0, upBytesPerSecond: 0 };

test('an amount that both sides know stands for what each has, whatever it wants; this tab comes first, then who is connected, each with its route where that is known', () => {
  const card = {
    ...createCard('downloading', { percent: 42, downBytesPerSecond: 2_000 }),
    totalBytes: 6_700_000,
  };
  // Of what was wanted it has 42 percent, of the whole share a quarter.
  const pieces = Uint8Array.of(PIECE.held, PIECE.available, PIECE.unwanted, PIECE.unwanted);
  const peers: readonly SightedPeer[] = [
    {
      kind: 'peer',
      number: 3,
      percent: 7,
      ...STILL,
      upBytesPerSecond: 1_500_000,
      route: 'relayed',
    },
    { kind: 'volunteer', number: 1, percent: 100, ...STILL, route: undefined },
  ];
  const rows = computePeerRows(card, { pieces, peers });
  expect(rows.map((row) => Object.values(row).join(' | '))).toEqual([
    'you | You |  | 25 | 1.68 MB | 2.0 kB/s | –',
    'peer 3 | Peer 3 | relayed | 7 | 469 kB | – | 1.5 MB/s',
    'volunteer 1 | Volunteer 1 |  | 100 | 6.70 MB | – | –',
  ]);
});
