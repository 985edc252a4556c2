import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { keepDownload } from './stage/receive.ts';
import { test } from './stage/test.ts';

const MAX_TABS = 40;

test('sharing, copying, opening and downloading take no more than a keyboard', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'typed.bin', 100_000);
  const { page: sharer, context } = await stage.openTab();
  // As in the other browsers, where the button opens the input's own chooser: this one's picker cannot be answered here.
  await sharer.evaluate(() => Reflect.deleteProperty(window, 'showOpenFilePicker'));
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // Asked for before the way there: the browser is told to hand choosers over, and has to know before Enter.
  const choosing = sharer.waitForEvent('filechooser');
  await tabTo(sharer, 'Choose files');
  await sharer.keyboard.press('Enter');
  await (await choosing).setFiles(path);
  await sharer.getByRole('article', { name: 'typed.bin' }).waitFor();
  await tabTo(sharer, 'Copy link');
  await sharer.keyboard.press('Enter');
  await sharer.getByText('Share link copied.').waitFor();
  const link = await sharer.evaluate(() => navigator.clipboard.readText());

  const receiver = await stage.openTab();
  await tabTo(receiver.page, 'File ID or link');
  await receiver.page.keyboard.type(link);
  await receiver.page.keyboard.press('Enter');
  const card = receiver.card('typed.bin');
  await card.button('Download').waitFor();
  await tabTo(receiver.page, 'Download');
  const saving = card.nextDownload();
  await receiver.page.keyboard.press('Enter');
  expect((await keepDownload(saving, stage.folder)).sha256).toBe(await computeSha256(path));
  await tabTo(receiver.page, 'Remove');
  await receiver.page.keyboard.press('Enter');
  await card.root.waitFor({ state: 'detached' });

  await tabTo(receiver.page, 'Language');
  await receiver.page.keyboard.press('d');
  await receiver.page.getByLabel('Sprache').waitFor();
});

/** Presses Tab until what has that accessible name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < MAX_TABS; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    // Past the last one the focus is on nothing, before it begins again.
    if ((await focused.count()) === 0) continue;
    if ((await focused.ariaSnapshot()).includes(`"${name}"`)) return;
  }
  throw new Error(`${MAX_TABS} presses of Tab did not lead to ${name}`);
}
