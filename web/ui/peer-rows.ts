import type { ShareCard } from '../app/app-state.ts';
import type { Sight, SightedPeer } from '../app/sight.ts';
import { PIECE } from '../app/sight.ts';
import { formatBytesClosely, formatSpeed } from './format.ts';
import { countStates } from './piece-cells.ts';
import { DETAILS_TEXTS } from './words/details-texts.ts';

export interface PeerRow {
  /** Stays with the peer. */
  readonly key: string;
  readonly name: string;
  /** Empty while it is not known. */
  readonly route: string;
  /** Of the whole share, for a bar. */
  readonly percent: number;
  readonly has: string;
  readonly down: string;
  readonly up: string;
}

/**
 * This tab first, then whoever is connected. Of each, how much it has, which others see of it, too: a part in percent
 * would not be theirs, since what a peer wants of a share is not told.
 */
export function computePeerRows(
  { transfer, totalBytes }: Pick<ShareCard, 'transfer' | 'totalBytes'>,
  { peers, pieces }: Pick<Sight, 'peers' | 'pieces'>,
): PeerRow[] {
  const texts = DETAILS_TEXTS;
  const counts = countStates(pieces);
  const heldCount = (counts[PIECE.held] ?? 0) + (counts[PIECE.unsealed] ?? 0);
  const percent = (heldCount / pieces.length) * 100;
  const you = {
    key: 'you',
    name: texts.you,
    route: '',
    ...describe({ ...transfer, percent }, totalBytes),
  };
  const others = peers.map((peer) => ({
    key: `${peer.kind} ${peer.number}`,
    name: texts[peer.kind]({ number: peer.number }),
    route: peer.route === undefined ? '' : texts[peer.route],
    ...describe(peer, totalBytes),
  }));
  return [you, ...others];
}

function describe(
  {
    percent,
    downBytesPerSecond,
    upBytesPerSecond,
  }: Pick<SightedPeer, 'percent' | 'downBytesPerSecond' | 'upBytesPerSecond'>,
  totalBytes: number,
) {
  return {
    percent,
    has: formatBytesClosely((percent / 100) * totalBytes),
    down: describeRate(downBytesPerSecond),
    up: describeRate(upBytesPerSecond),
  };
}

function describeRate(bytesPerSecond: number): string {
  return bytesPerSecond < 1 ? DETAILS_TEXTS.still : formatSpeed(bytesPerSecond);
}
