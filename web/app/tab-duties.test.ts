import { describe, expect, test } from 'vitest';
import type { CardStatus, ShareCard, Transfer } from './app-state.ts';
import { createCard } from './card.test-helper.ts';
import { computeTabIcon, hasSomethingToLose, isTransferring } from './tab-duties.ts';

function cardsOf(
  ...cards: readonly (readonly [CardStatus['kind'], Partial<Transfer>?, Partial<ShareCard>?])[]
) {
  return {
    cards: cards.map(([kind, transfer, change]) => createCard(kind, transfer, change)),
  };
}

describe('the device stays awake', () => {
  test.each([
    [false, cardsOf()],
    [false, cardsOf(['sharing'], ['complete'], ['waiting-for-peers'], ['paused'])],
    [true, cardsOf(['sharing'], ['downloading'])],
    [true, cardsOf(['verifying'])],
    [true, cardsOf(['sharing', { upBytesPerSecond: 200 }])],
    [true, cardsOf(['complete', { upBytesPerSecond: 200 }])],
    [false, cardsOf(['sharing', { upBytesPerSecond: 0.2 }])],
  ])('%s: %j', (isAwake, state) => {
    expect(isTransferring(state)).toBe(isAwake);
  });
});

describe('there is something to lose', () => {
  test.each([
    [false, cardsOf()],
    [false, cardsOf(['looking'], ['ready'], ['complete'], ['paused'], ['failed'])],
    [true, cardsOf(['complete'], ['sharing'])],
    [true, cardsOf(['downloading'])],
    [true, cardsOf(['verifying'])],
    [false, cardsOf(['downloading', {}, { isElsewhere: true }])],
  ])('%s: %j', (isThere, state) => {
    expect(hasSomethingToLose(state)).toBe(isThere);
  });
});

describe('the icon', () => {
  test('shows how far a download is, in steps', () => {
    const state = cardsOf(['sharing'], ['downloading', { percent: 44 }]);
    expect(computeTabIcon(state, undefined)).toEqual({ kind: 'progress', percent: 40 });
  });

  test('goes on showing it while the download waits for others', () => {
    const state = cardsOf(['waiting-for-peers', { percent: 44, heldBytes: 44 }]);
    expect(computeTabIcon(state, undefined)).toEqual({ kind: 'progress', percent: 40 });
  });

  test('is the page’s own where nothing is under way', () => {
    const state = cardsOf(['sharing'], ['complete'], ['waiting-for-peers']);
    expect(computeTabIcon(state, undefined)).toEqual({ kind: 'plain' });
  });

  test('says how a download ended that nobody saw, once no other is under way', () => {
    expect(computeTabIcon(cardsOf(['complete']), 'complete')).toEqual({ kind: 'complete' });
    expect(computeTabIcon(cardsOf(['failed']), 'failed')).toEqual({ kind: 'failed' });
    const other = cardsOf(['complete'], ['downloading', { percent: 3 }]);
    expect(computeTabIcon(other, 'complete')).toEqual({ kind: 'progress', percent: 0 });
  });
});
