import { expect, test } from 'vitest';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import { VirtualClock } from '../../shared/swarm/virtual-clock.test-helper.ts';
import { attendLater } from './attend-later.ts';
import { createCard } from './card.test-helper.ts';
import type { ShareCard } from './app-state.ts';

const ASK_AGAIN_MS = 5_000;
const MOVING = [createCard('downloading')];

/** A page without cards, and the part that attends to its tab: each time that it is asked for, a test lets it come. */
function openPage() {
  const listeners = new Set<() => void>();
  const asked: { readonly come: () => void; readonly fail: () => void }[] = [];
  const clock = new VirtualClock();
  let cards: readonly ShareCard[] = [];
  attendLater(
    {
      state: () => ({ cards, doneNotices: 'off' }),
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    clock,
    () =>
      new Promise<void>((come, reject) => {
        asked.push({ come, fail: () => reject(new Error('offline')) });
      }),
  );
  return {
    asked,
    show: async (shown: readonly ShareCard[]): Promise<number> => {
      cards = shown;
      for (const listener of listeners) listener();
      await settleCrypto();
      return asked.length;
    },
    pass: async (durationMs: number): Promise<void> => {
      await settleCrypto();
      clock.advance(durationMs);
    },
  };
}

test('before there is a card nothing attends to the tab', async () => {
  const page = openPage();
  expect([await page.show([]), await page.show(MOVING)]).toEqual([0, 1]);
});

test('what attends to the tab is asked for once at a time, and no more once it is there', async () => {
  const page = openPage();
  expect([await page.show(MOVING), await page.show(MOVING)]).toEqual([1, 1]);
  page.asked[0]?.come();
  await page.pass(ASK_AGAIN_MS);
  expect(await page.show(MOVING)).toBe(1);
});

test('what attends to the tab and did not come is asked for again when something changes later', async () => {
  const page = openPage();
  await page.show(MOVING);
  page.asked[0]?.fail();
  await page.pass(ASK_AGAIN_MS - 1);
  expect(await page.show(MOVING)).toBe(1);
  await page.pass(1);
  expect(await page.show(MOVING)).toBe(2);
  page.asked[1]?.come();
  await page.pass(ASK_AGAIN_MS);
  expect(await page.show(MOVING)).toBe(2);
});
