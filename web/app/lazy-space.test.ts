import { expect, test } from 'vitest';
import { LazySpace } from './lazy-space.ts';

test('what could not be fetched is asked for again when the number of cards changes, and not each time', async () => {
  let askedCount = 0;
  const open = () => {
    askedCount += 1;
    return Promise.reject(new Error('offline'));
  };
  const space = new LazySpace(open, {
    listRecords: async () => [],
    listCards: () => [],
    forget: () => {},
    forgetVolunteered: () => {},
    onChange: () => {},
  });
  const askedAfter: number[] = [];
  for (const cardCount of [0, 1, 1, 1, 2, 2]) {
    space.refresh(cardCount);
    await Promise.resolve();
    await Promise.resolve();
    askedAfter.push(askedCount);
  }
  expect(askedAfter).toEqual([0, 1, 1, 1, 2, 2]);
});
