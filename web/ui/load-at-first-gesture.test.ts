import { expect, test, vi } from 'vitest';
import { loadAtFirstGesture } from './load-at-first-gesture.ts';

test('what a first gesture leads to is loaded at that gesture, once, and not before', () => {
  const page = new EventTarget();
  const load = vi.fn<() => Promise<unknown>>(() => Promise.reject(new Error('no network')));
  loadAtFirstGesture(page, load);
  expect(load).not.toHaveBeenCalled();
  page.dispatchEvent(new Event('keydown'));
  page.dispatchEvent(new Event('pointerdown'));
  page.dispatchEvent(new Event('keydown'));
  expect(load).toHaveBeenCalledOnce();
});

test('nothing is loaded for a page that is gone', () => {
  const page = new EventTarget();
  const load = vi.fn<() => Promise<unknown>>(async () => undefined);
  loadAtFirstGesture(page, load)();
  page.dispatchEvent(new Event('paste'));
  expect(load).not.toHaveBeenCalled();
});
