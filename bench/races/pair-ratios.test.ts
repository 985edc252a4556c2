import { expect, test } from 'vitest';
import { computePairRatios } from './pair-ratios.ts';

test('ours is divided by the best that each rival did', () => {
  const figures = {
    ours1MBps: 12,
    ours2MBps: 18,
    ours3MBps: 9,
    oursMedianMBps: 12,
    oursEndToEndMBps: 10,
    raw16KiBMBps: 20,
    raw256KiBMBps: 24,
    rawWithVideoMBps: 15,
    webtorrentMemoryMBps: 6,
    webtorrentOpfsMBps: 4,
    webtorrentMemoryEndToEndMBps: 2,
    webtorrentOpfsEndToEndMBps: 4,
    webtorrent28MemoryMBps: 8,
    webtorrent28OpfsMBps: 3,
    webtorrent28MemoryEndToEndMBps: 5,
    webtorrent28OpfsEndToEndMBps: 2.5,
  };
  expect(computePairRatios(figures)).toEqual({
    oursToRaw: 0.75,
    oursToRawWithVideo: 0.8,
    oursToWebtorrent: 2,
    oursToWebtorrentEndToEnd: 2.5,
    oursToWebtorrent28: 1.5,
    oursToWebtorrent28EndToEnd: 2,
  });
});

test('a rival that did not run has no ratio', () => {
  expect(computePairRatios({ ours1MBps: 12, raw64KiBMBps: 24 })).toEqual({ oursToRaw: 0.5 });
});
