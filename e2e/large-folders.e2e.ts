import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { dropPaths } from './page/drop.ts';
import { recordAnnouncements } from './page/record-announcements.ts';
import { printFigures } from './stage/print-figures.ts';
import { test } from './stage/test.ts';

const FILE_COUNT = 6_000;
const READING = 'Reading the files…';
/** As long as a press may wait. To read all the files as one Blob took more than a third of a second. */
const MAX_TASK_MS = 250;

test('a large folder that is dropped: the page says at once that it reads it, once, and answers meanwhile', async ({
  stage,
}) => {
  const folder = join(stage.folder, 'archive');
  mkdirSync(folder);
  for (let i = 0; i < FILE_COUNT; i += 1) writeFileSync(join(folder, `${i}.txt`), `${i}`);
  const tab = await stage.openTab();
  const { page } = tab;
  const hear = await recordAnnouncements(page);
  const line = page.getByRole('main').getByText(READING);
  const longTasks = await page.evaluateHandle(() => {
    const foundMs: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) foundMs.push(duration);
    });
    observer.observe({ type: 'longtask' });
    return foundMs;
  });
  await dropPaths(page, [folder]);
  await line.waitFor({ timeout: 2_000 });
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await page.getByRole('textbox', { name: 'Text or link to share' }).waitFor();
  expect(await line.count()).toBe(1);
  await tab.card('archive').root.waitFor();
  await line.waitFor({ state: 'detached' });
  expect((await hear()).filter((sentence) => sentence === READING)).toHaveLength(1);
  const longestTaskMs = Math.max(0, ...(await longTasks.jsonValue()));
  printFigures({ longestTaskMs });
  expect(longestTaskMs).toBeLessThan(MAX_TASK_MS);
});

test('a folder that is picked and takes its time is read with the same word', async ({ stage }) => {
  const tab = await stage.openTab();
  await tab.page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('slow', { create: true });
    const handle = await folder.getFileHandle('late.txt', { create: true });
    async function* values(): AsyncGenerator<FileSystemHandle> {
      await new Promise((resolve) => addEventListener('let-read', resolve, { once: true }));
      yield handle;
    }
    Object.assign(folder, { values });
    Object.assign(window, { showDirectoryPicker: async () => folder });
  });
  const line = tab.page.getByRole('main').getByText(READING);
  await tab.page.getByLabel('Choose a folder', { exact: true }).press('Enter');
  await line.waitFor();
  await tab.page.evaluate(() => dispatchEvent(new Event('let-read')));
  await tab.card().root.waitFor();
  await line.waitFor({ state: 'detached' });
});
