import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { MADE_UP_STATES } from '../web/ui/gallery/made-up-states.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { findViolations, prepareToLook } from './page/find-violations.ts';
import { Gallery } from './stage/gallery.ts';
import { test as base } from './stage/test.ts';

/** Views that come late come one after the other, each within a few frames. */
const QUIET_MS = 100;

const WIDE = { width: 1280, height: 720 };

/** What 1280 px leave at 200 %, a small phone, and the smallest window that pages are made for. */
const WIDTHS = [640, 360, 320];

/** Of what axe-core looks at, only places and sizes are others from right to left: these states have each part once. */
const LOOKED_AT_FROM_RIGHT = new Set([
  'start',
  'sharer',
  'complete',
  'hostile',
  'copies-spreading',
]);

// oxlint-disable-next-line no-empty-pattern -- the runner reads what a fixture needs from this pattern
const test = base.extend('gallery', { scope: 'file' }, async ({}, { onCleanup }) => {
  const gallery = await Gallery.open();
  onCleanup(() => gallery.close());
  return gallery;
});

test('axe-core finds nothing in any state of the page, light and dark, and nothing sticks out or is cut off at 200 %, from right to left either', async ({
  stage,
  gallery,
}) => {
  const context = await stage.openContext({ reducedMotion: 'reduce' });
  await prepareToLook(context);
  const page = await context.newPage();
  const found: string[] = [];
  for (const state of Object.keys(MADE_UP_STATES)) {
    // Few languages have longer words.
    await openState(page, gallery, state, 'de');
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await findViolations(page);
    // In the dark nothing is another but the colours.
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await findViolations(page, ['color-contrast']);
    found.push(...light.map((violation) => `${state}, light: ${violation}`));
    found.push(...dark.map((violation) => `${state}, dark: ${violation}`));
    found.push(...(await listWhatSticksOut(page, state)));
    await turnTo(page, 'ar');
    found.push(...(await listWhatSticksOut(page, `${state} from right to left`)));
    await page.setViewportSize(WIDE);
    if (!LOOKED_AT_FROM_RIGHT.has(state)) continue;
    const fromRight = await findViolations(page);
    found.push(...fromRight.map((violation) => `${state} from right to left: ${violation}`));
  }
  expect(found).toEqual([]);
});

test('from right to left a folded name begins where what is below it begins, whatever its script', async ({
  stage,
  gallery,
}) => {
  const context = await stage.openContext({ viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  await openState(page, gallery, 'many', 'ar');
  const row = page.locator('.card-folded').first();
  const [name = 0, state = 0] = await Promise.all(
    ['bdi', '.folded-state'].map((part) => row.locator(part).evaluate(findTextEnd)),
  );
  expect(Math.abs(name - state)).toBeLessThan(2);
});

test('a quiet button stands beside the one before it, and apart only at the end of its row', async ({
  stage,
  gallery,
}) => {
  const context = await stage.openContext({ viewport: { width: 800, height: 640 } });
  const page = await context.newPage();
  await openState(page, gallery, 'files-complete', 'en');
  const save = await page.getByRole('button', { name: 'Save again' }).boundingBox();
  const pause = await page.getByRole('button', { name: 'Pause' }).boundingBox();
  if (save === null || pause === null) throw new Error('the buttons are not shown');
  expect(pause.x - (save.x + save.width)).toBeLessThan(16);
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

/** Runs in the page. Where the words end on the right. */
function findTextEnd(element: Element): number {
  const words = document.createRange();
  words.selectNodeContents(element);
  return words.getBoundingClientRect().right;
}

async function openState(
  page: Page,
  gallery: Gallery,
  state: string,
  language: string,
): Promise<void> {
  await page.goto(gallery.link(state, language));
  await page.locator(`html[lang=${language}] .page-foot select`).waitFor();
  await openEverything(page);
}

async function turnTo(page: Page, language: string): Promise<void> {
  await page.getByLabel('Sprache').selectOption(language);
  await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
  await openEverything(page);
}

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

/** Elements that reach beyond a window of each width, or whose words are cut off. The window stays at the last width. */
async function listWhatSticksOut(page: Page, state: string): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 640 });
    const out = await page.evaluate(findWhatSticksOut);
    found.push(...out.map((element) => `${state}, ${width} px: ${element}`));
  }
  return found;
}

/** Runs in the page. */
async function findWhatSticksOut(): Promise<string[]> {
  // What is drawn to measure follows the window a frame later.
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  const root = document.documentElement;
  const width = root.clientWidth;
  const isOut = (element: Element): boolean => {
    if (element.closest('.for-readers, input') !== null) return false;
    const { left, right } = element.getBoundingClientRect();
    const { overflowX, overflowY } = getComputedStyle(element);
    const isCutAcross = element.scrollWidth > element.clientWidth + 1 && overflowX !== 'visible';
    const isCutBelow =
      element.scrollHeight > element.clientHeight + 1 && ['hidden', 'clip'].includes(overflowY);
    return isCutAcross || isCutBelow || left < -1 || right > width + 1;
  };
  const out = Array.from(document.querySelectorAll('.page *')).filter(isOut);
  const found = out.map((element) => element.outerHTML.slice(0, 100));
  return root.scrollWidth > width ? [...found, 'the page scrolls sideways'] : found;
}
