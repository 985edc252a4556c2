import { expect, test } from 'vitest';
import type { AppState, ShareCard } from './app-state.ts';
import { attendTab } from './attend-tab.ts';
import { createCard } from './card.test-helper.ts';

/** A page whose state a test sets, and what the browser was told about it. */
function attend() {
  const told: string[] = [];
  let isVisible = true;
  let onVisibility: (() => void) | undefined;
  let onChange: (() => void) | undefined;
  let state: Pick<AppState, 'cards' | 'doneNotices'> = { cards: [], doneNotices: 'on' };
  attendTab(
    {
      state: () => state,
      subscribe: (listener) => {
        onChange = listener;
        return () => {};
      },
    },
    {
      isVisible: () => isVisible,
      onVisibilityChange: (callback) => (onVisibility = callback),
      keepAwake: (isWanted) => told.push(isWanted ? 'awake' : 'asleep'),
      warnBeforeClosing: (isWanted) => told.push(isWanted ? 'warns' : 'does not warn'),
      showIcon: (icon) =>
        told.push('percent' in icon ? `icon ${icon.percent}` : `icon ${icon.kind}`),
      notify: (end) => told.push(`notice ${end}`),
    },
  );
  const take = (): readonly string[] => told.splice(0);
  return {
    show(cards: readonly ShareCard[], change: Pick<Partial<AppState>, 'doneNotices'> = {}) {
      state = { ...state, ...change, cards };
      onChange?.();
      return take();
    },
    see(visible: boolean) {
      isVisible = visible;
      onVisibility?.();
      return take();
    },
  };
}

const MOVING = [createCard('downloading', { percent: 12 })];
const COMPLETE = [createCard('complete', { percent: 100 })];

test('a page with nothing to do asks nothing of the browser', () => {
  const page = attend();
  expect(page.show([])).toEqual([]);
  expect(page.see(false)).toEqual([]);
});

test('a download keeps the screen on and warns before closing, for as long as it runs', () => {
  const page = attend();
  expect(page.show(MOVING)).toEqual(['awake', 'warns', 'icon 10']);
  expect(page.show(MOVING)).toEqual([]);
  expect(page.show(COMPLETE)).toEqual(['asleep', 'does not warn', 'icon plain']);
});

test('the screen is let go while the page is out of sight, and taken again when it is back', () => {
  const page = attend();
  page.show(MOVING);
  expect(page.see(false)).toEqual(['asleep']);
  expect(page.see(true)).toEqual(['awake']);
});

test('what ends out of sight is notified, and stays on the icon until somebody looks', () => {
  const page = attend();
  page.show(MOVING);
  page.see(false);
  expect(page.show(COMPLETE)).toEqual(['notice complete', 'does not warn', 'icon complete']);
  expect(page.show(COMPLETE)).toEqual([]);
  expect(page.see(true)).toEqual(['icon plain']);
});

test('of two downloads that end out of sight the icon tells of the one that failed', () => {
  const page = attend();
  const [a, b] = [{ key: 'a' }, { key: 'b' }];
  page.show([createCard('downloading', {}, a), createCard('downloading', {}, b)]);
  page.see(false);
  page.show([createCard('failed', {}, a), createCard('downloading', {}, b)]);
  expect(page.show([createCard('failed', {}, a), createCard('complete', {}, b)])).toContain(
    'icon failed',
  );
});

test('nobody is notified who looks at the page, or has not asked for it', () => {
  const page = attend();
  page.show(MOVING);
  expect(page.show(COMPLETE)).not.toContain('notice complete');
  page.see(false);
  page.show(MOVING, { doneNotices: 'off' });
  expect(page.show(COMPLETE)).toEqual(['does not warn', 'icon complete']);
});
