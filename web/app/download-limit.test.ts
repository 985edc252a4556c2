import { beforeEach, expect, test } from 'vitest';
import type { CardDownloads } from './card-end.ts';
import { DownloadLimit } from './download-limit.ts';

let news: (CardDownloads | undefined)[];

beforeEach(() => {
  news = [];
});

function open(stored?: CardDownloads): DownloadLimit {
  return new DownloadLimit(stored, (downloads) => news.push(downloads));
}

/** What a runner says that it has seen. */
class Runner {
  downloadCount = 0;
  snapshot = () => ({ downloadCount: this.downloadCount });
}

test('D16: downloads are counted from the choice, and what they come to is remembered', () => {
  const limit = open();
  const runner = new Runner();
  runner.downloadCount = 7;
  limit.record(runner);
  expect([limit.card, limit.isReached]).toEqual([undefined, false]);
  limit.set(5, runner);
  limit.record(runner);
  expect(news).toEqual([{ count: 0, limit: 5 }]);
  runner.downloadCount = 11;
  limit.record(runner);
  limit.record(runner);
  expect(limit.isReached).toBe(false);
  runner.downloadCount = 12;
  limit.record(runner);
  expect(limit.isReached).toBe(true);
  expect(news.slice(1)).toEqual([
    { count: 4, limit: 5 },
    { count: 5, limit: 5 },
  ]);
});

test('D16: what was counted stays over a reload and a pause', () => {
  const limit = open({ count: 3, limit: 5 });
  const before = new Runner();
  before.downloadCount = 1;
  limit.record(before);
  limit.record(undefined);
  const after = new Runner();
  limit.record(after);
  expect(limit.card).toEqual({ count: 4, limit: 5 });
  after.downloadCount = 1;
  limit.record(after);
  expect(limit.isReached).toBe(true);
  expect(open({ count: 5, limit: 5 }).isReached).toBe(true);
});

test('D16: another number begins anew, and any number ends nothing', () => {
  const limit = open({ count: 4, limit: 5 });
  const runner = new Runner();
  runner.downloadCount = 1;
  limit.set(20, runner);
  expect(limit.card).toEqual({ count: 0, limit: 20 });
  limit.set(undefined, runner);
  runner.downloadCount = 30;
  limit.record(runner);
  expect([limit.card, limit.isReached]).toEqual([undefined, false]);
  expect(news).toEqual([{ count: 0, limit: 20 }, undefined]);
});
