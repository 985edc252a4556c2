import type { Locator, Page } from 'playwright-core';

interface DragData {
  readonly items: { readonly mimeType: string; readonly data: string }[];
  readonly files?: string[];
  readonly dragOperationsMask: number;
}

/** Drops files or folders on the middle of what is in sight of that part of the page, as a file manager does. */
export async function dropPaths(
  page: Page,
  paths: string[],
  target = page.locator('body'),
): Promise<void> {
  await dropData(page, { items: [], files: paths, dragOperationsMask: 1 }, target);
}

/** Drops a text, or a link as the browser's own windows hand it out. */
export async function dropText(
  page: Page,
  text: string,
  mimeType: 'text/plain' | 'text/uri-list' = 'text/plain',
  target = page.locator('body'),
): Promise<void> {
  await dropData(page, { items: [{ mimeType, data: text }], dragOperationsMask: 1 }, target);
}

async function dropData(page: Page, data: DragData, target: Locator): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (box === null) throw new Error('there is nothing to drop on');
  const sightHeight = await page.evaluate(() => innerHeight);
  const top = Math.max(0, box.y);
  const bottom = Math.min(sightHeight, box.y + box.height);
  const [x, y] = [box.x + box.width / 2, (top + bottom) / 2];
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await session.detach();
}

/** Drops files of these names, which no file system need be able to hold, each with its own name as its content. */
export async function dropFiles(page: Page, names: readonly string[]): Promise<void> {
  await page.locator('body').evaluate((body, names) => {
    const dataTransfer = new DataTransfer();
    for (const name of names) dataTransfer.items.add(new File([name], name));
    body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, names);
}
