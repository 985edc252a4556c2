import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { MADE_UP_STATES } from '../web/ui/gallery/made-up-states.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { findViolations, prepareToLook } from './page/find-violations.ts';
import { Gallery } from './stage/gallery.ts';
import { test as base } from './stage/test.ts';

/** Views that come late come one after the other, each within a few frames. */
const QUIET_MS = 100;

// oxlint-disable-next-line no-empty-pattern -- the runner reads what a fixture needs from this pattern
const test = base.extend('gallery', { scope: 'file' }, async ({}, { onCleanup }) => {
  const gallery = await Gallery.open();
  onCleanup(() => gallery.close());
  return gallery;
});

test('axe-core finds nothing in any state of the page, light and dark', async ({
  stage,
  gallery,
}) => {
  const context = await stage.openContext({ reducedMotion: 'reduce' });
  await prepareToLook(context);
  const page = await context.newPage();
  const found: string[] = [];
  for (const state of Object.keys(MADE_UP_STATES)) {
    await page.goto(gallery.link(state));
    await page.getByRole('combobox', { name: 'Language' }).waitFor();
    await openEverything(page);
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await findViolations(page);
    // In the dark nothing is another but the colours.
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await findViolations(page, ['color-contrast']);
    found.push(...light.map((violation) => `${state}, light: ${violation}`));
    found.push(...dark.map((violation) => `${state}, dark: ${violation}`));
  }
  expect(found).toEqual([]);
});

test('axe-core finds nothing from right to left, nor does anything stick out at 200 % of a small window', async ({
  stage,
  gallery,
}) => {
  const context = await stage.openContext({ viewport: { width: 320, height: 640 } });
  await prepareToLook(context);
  const page = await context.newPage();
  for (const state of ['start', 'sharer', 'complete', 'hostile', 'copies-spreading']) {
    for (const language of ['ar', 'de']) {
      await page.goto(gallery.link(state, language));
      await page.locator(`html[lang=${language}] .page-foot select`).waitFor();
      await openEverything(page);
      expect([state, language, await findViolations(page)]).toEqual([state, language, []]);
      expect([state, language, await listWhatSticksOut(page)]).toEqual([state, language, []]);
    }
  }
});

test('axe-core finds nothing on the built page: empty, sharing, opened, downloaded, asked to remove', async ({
  stage,
}) => {
  const [sharing, receiving] = [await stage.openContext(), await stage.openContext()];
  for (const context of [sharing, receiving]) await prepareToLook(context);
  const sharer = await stage.openTabIn(sharing);
  expect(await findViolations(sharer.page)).toEqual([]);
  const paths = ['a.bin', 'b.bin'].map((name) => makeRandomFile(stage.folder, name, 100_000));
  const shared = await sharer.share(paths);
  await shared.waitForStatus('Sharing');
  expect(await findViolations(sharer.page)).toEqual([]);
  const receiver = await stage.openTabIn(receiving);
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').waitFor();
  expect(await findViolations(receiver.page)).toEqual([]);
  await card.download();
  await card.waitForStatus('Complete');
  expect(await findViolations(receiver.page)).toEqual([]);
  await shared.button('Remove').click();
  await shared.button('Keep it').waitFor();
  expect(await findViolations(sharer.page)).toEqual([]);
});

test('in forced colours what is done stands out from what is not, and what is on from what is off', async ({
  stage,
  gallery,
}) => {
  const context = await stage.openContext({ forcedColors: 'active' });
  const page = await context.newPage();
  const color = (selector: string): Promise<string> =>
    page
      .locator(selector)
      .first()
      .evaluate((shown) => getComputedStyle(shown).backgroundColor);
  await page.goto(gallery.link('downloading'));
  expect(await color('.progress-bar')).not.toBe(await color('.progress'));
  const off = await color('.switch-track');
  await page.goto(gallery.link('volunteer-holding'));
  expect(await color('.switch-track')).not.toBe(off);
});

test('nothing moves for whoever wants reduced motion', async ({ stage }) => {
  const context = await stage.openContext({ reducedMotion: 'reduce' });
  const { page } = await stage.openTabIn(context);
  await page.getByRole('switch').hover();
  await page.getByRole('switch').click();
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

/** Unfolds whatever is folded away, and waits until nothing more comes of it. */
function openEverything(page: Page): Promise<void> {
  return page.evaluate(async (quietMs) => {
    let changedAtMs = performance.now();
    const observer = new MutationObserver(() => (changedAtMs = performance.now()));
    observer.observe(document.body, { subtree: true, childList: true });
    for (const details of document.querySelectorAll('details')) details.open = true;
    while (performance.now() < changedAtMs + quietMs) await new Promise(requestAnimationFrame);
    observer.disconnect();
  }, QUIET_MS);
}

/** Elements that reach beyond the window, or whose words are cut off. */
function listWhatSticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const isOut = (element: Element): boolean => {
      if (element.closest('.for-readers, input') !== null) return false;
      const { left, right } = element.getBoundingClientRect();
      const isCut =
        element.scrollWidth > element.clientWidth + 1 &&
        getComputedStyle(element).overflowX !== 'visible';
      return isCut || left < -1 || right > width + 1;
    };
    return Array.from(document.querySelectorAll('.page *'))
      .filter(isOut)
      .map((element) => element.outerHTML.slice(0, 100));
  });
}
