import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { launchChromium } from '../../e2e/browser/launch-chromium.ts';
import { makeRandomFile } from '../../e2e/files/sample-files.ts';
import type { Tab } from '../../e2e/page/tab.ts';
import { Stage } from '../../e2e/stage/stage.ts';
import { printLine } from '../report.ts';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');
const FILE_NAME = 'A walk along the river.mp4';
const FILE_BYTES = 48e6;
/** Slow enough for a picture of it under way. */
const BYTES_PER_SECOND = 5e6;
const SHOWN_PERCENT = 42;
const LOOK_MS = 50;
const PAINT_MS = 400;

const DESKTOP: BrowserContextOptions = { viewport: { width: 1200, height: 800 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 1.5,
  hasTouch: true,
  isMobile: true,
};

/** Takes the README's pictures of the built page: an empty one, and both ends of a real transfer. */
export async function takeScreenshots(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await launchChromium();
  const stage = await Stage.open(browser);
  const path = makeRandomFile(stage.folder, FILE_NAME, FILE_BYTES);
  const start = await stage.openTabIn(await stage.openContext(PHONE));
  await take(start, 'phone-start');

  const sharer = await stage.openTabIn(await stage.openContext(DESKTOP));
  await sharer.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const shared = await sharer.share(path);
  await sharer.limitUpload(BYTES_PER_SECOND);
  const receiver = await stage.openTabIn(await stage.openContext(PHONE));
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').click();
  while ((await card.percent()) < SHOWN_PERCENT) await receiver.page.waitForTimeout(LOOK_MS);
  await take(receiver, 'phone-download');
  await take(sharer, 'desktop-share');

  await stage.close();
  await browser.close();
}

async function take({ page }: Tab, name: string): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(PAINT_MS);
    const path = join(FOLDER, `${name}-${colorScheme}.png`);
    await page.screenshot({ path });
    printLine({ bench: 'screenshots', name: `${name}-${colorScheme}`, bytes: statSync(path).size });
  }
}
