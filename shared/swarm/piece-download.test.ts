import { describe, expect, test } from 'vitest';
import { PieceDownload } from './piece-download.ts';

const LAYOUT = { sealedLength: 500, blockLength: 100, blockCount: 5 };

describe('piece download', () => {
  test('asks for every block once, in order', () => {
    const download = new PieceDownload(0, LAYOUT);
    const asked: number[] = [];
    while (download.hasMoreToAsk) asked.push(download.ask(0));
    expect(asked).toEqual([0, 1, 2, 3, 4]);
    expect(download.outstandingBlocks).toEqual(asked);
  });

  test('is complete when every block has come, in whatever order', () => {
    const download = new PieceDownload(0, LAYOUT);
    while (download.hasMoreToAsk) download.ask(0);
    for (const block of [3, 0, 4, 1]) {
      expect(download.receive(block, 10)).toBe(10);
      expect(download.isComplete).toBe(false);
    }
    expect(download.receive(2, 20)).toBe(20);
    expect(download.isComplete).toBe(true);
    expect(download.missingBytes).toBe(0);
  });

  test('a block that was not asked for, or came before, does not count', () => {
    const download = new PieceDownload(0, LAYOUT);
    download.ask(0);
    expect(download.receive(1, 5)).toBeUndefined();
    expect(download.receive(0, 5)).toBe(5);
    expect(download.receive(0, 6)).toBeUndefined();
    expect(download.outstandingBlocks).toEqual([]);
    expect(download.missingBytes).toBe(4 * LAYOUT.blockLength);
  });
});
