import { afterEach, expect, test, vi } from 'vitest';
import { systemArrivals } from './system-arrivals.ts';

afterEach(() => void vi.unstubAllGlobals());

test.each([
  ['standalone', true],
  ['minimal-ui', true],
  ['browser', false],
  // As a tab is that fills the screen: any page may still lead to it.
  ['fullscreen', false],
  ['picture-in-picture', false],
])('a page shown as %s is installed: %s', (mode, isInstalled) => {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes(`(display-mode: ${mode})`),
  }));
  expect(systemArrivals.isInstalled()).toBe(isInstalled);
});
