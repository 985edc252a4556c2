import type { Row } from '../report.ts';
import { RAW_MESSAGE_KIB } from './raw-channel.ts';

/**
 * Ours against the best that each rival did in the same repeat: our best run against a bare channel's best, of as many
 * runs; our median run against a bare channel that ran once with the video section that ours have, and against the
 * better store of a rival that ran once with each. A rival that did not run has no ratio.
 * `…EndToEnd`: from asking for the file until it is handed over whole; without it, from first byte to last.
 */
export function computePairRatios(figures: Row): Row {
  const { oursMedianMBps, oursEndToEndMBps } = figures;
  const best = (names: readonly string[]): number | undefined => findBest(figures, names);
  const ratios = {
    oursToRaw: divide(
      best(RAW_MESSAGE_KIB.map((_, run) => `ours${run + 1}MBps`)),
      best(RAW_MESSAGE_KIB.map((kib) => `raw${kib}KiBMBps`)),
    ),
    oursToRawWithVideo: divide(oursMedianMBps, figures['rawWithVideoMBps']),
    oursToWebtorrent: divide(oursMedianMBps, best(ofStores('webtorrent', 'MBps'))),
    oursToWebtorrentEndToEnd: divide(
      oursEndToEndMBps,
      best(ofStores('webtorrent', 'EndToEndMBps')),
    ),
    oursToWebtorrent28: divide(oursMedianMBps, best(ofStores('webtorrent28', 'MBps'))),
    oursToWebtorrent28EndToEnd: divide(
      oursEndToEndMBps,
      best(ofStores('webtorrent28', 'EndToEndMBps')),
    ),
  };
  return Object.fromEntries(
    Object.entries(ratios).flatMap(([name, ratio]) => (ratio === undefined ? [] : [[name, ratio]])),
  );
}

function ofStores(rival: string, figure: string): readonly string[] {
  return ['Memory', 'Opfs'].map((store) => `${rival}${store}${figure}`);
}

function findBest(figures: Row, names: readonly string[]): number | undefined {
  const rates = names.map((name) => figures[name]).filter((rate) => rate !== undefined);
  return rates.length === 0 ? undefined : Math.max(...rates);
}

function divide(ours: number | undefined, theirs: number | undefined): number | undefined {
  return ours === undefined || theirs === undefined ? undefined : ours / theirs;
}
