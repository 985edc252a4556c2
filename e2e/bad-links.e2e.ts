import { expect } from 'vitest';
import { formatFileId, parseFileId } from '../shared/share/file-id.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { dropText } from './page/drop.ts';
import { test } from './stage/test.ts';

test('case P7; L4: a link cut short, and a file ID with a wrong letter, get one plain sentence', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  const path = makeRandomFile(stage.folder, 'whole.bin', 1000);
  const fileId = await (await sharer.share(path)).fileId();
  const tab = await stage.openTab();
  for (const damaged of [
    fileId.slice(0, -3),
    `${fileId}A`,
    `${fileId.slice(0, 20)}!${fileId.slice(21)}`,
  ]) {
    await tab.submit(damaged);
    await tab.waitForNotice('This is not a whole file ID.');
    await tab.page.getByRole('button', { name: 'Dismiss' }).click();
  }
  await tab.submit(`3${fileId.slice(1)}`);
  await tab.waitForNotice('This link was made by another version.');
  await tab.page.goto(`${stage.url}#${fileId.slice(0, 30)}`);
  await tab.waitForNotice('This is not a whole file ID.');
  expect(await tab.page.getByRole('article').count()).toBe(0);
});

test('L4: a link of this page that was cut is told of, and not shared, where it is pasted or dropped', async ({
  stage,
}) => {
  const tab = await stage.openTab();
  const { page } = tab;
  const cut = `${stage.url}#1${'A'.repeat(20)}`;
  await tab.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((text) => navigator.clipboard.writeText(text), cut);
  await page.locator('body').click({ position: { x: 1, y: 1 } });
  await page.keyboard.press('ControlOrMeta+V');
  await tab.waitForNotice('This is not a whole file ID.');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await dropText(page, cut, 'text/uri-list');
  await tab.waitForNotice('This is not a whole file ID.');
  expect(await page.getByRole('article').count()).toBe(0);
});

test('case P7; K3: the right share with a wrong key is told from the header, before any download', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  const path = makeRandomFile(stage.folder, 'sealed.bin', 1000);
  const card = await (
    await stage.openTab()
  ).openLink(`${stage.url}#${changeSecret(await (await sharer.share(path)).fileId())}`);
  await card.waitForStatus('Failed');
  expect(await card.text()).toContain('Failed: This link is damaged');
  expect(await card.text()).not.toContain('sealed.bin');
  expect(await card.button('Download').count()).toBe(0);
});

test('T6: a share that nobody has says so, and the page goes on looking', async ({ stage }) => {
  const sharer = await stage.openTab();
  const path = makeRandomFile(stage.folder, 'gone.bin', 1000);
  const link = await (await sharer.share(path)).link();
  await sharer.waitForStoredPieces(1000);
  await sharer.page.close();
  const card = await (await stage.openTab()).openLink(link);
  await card.waitForStatus('Waiting for peers');
  await card.root.getByText('Nobody who has it is online.').waitFor();
  await card.button('Download').click();
  const returned = await stage.openTabIn(sharer.context);
  await returned.card('gone.bin').waitForStatus('Sharing');
  await card.waitForStatus('Complete');
});

function changeSecret(fileId: string): string {
  const parsed = parseFileId(fileId);
  if (!parsed.ok) throw new Error(`not a file ID: ${fileId}`);
  return formatFileId({ ...parsed.value, secret: parsed.value.secret.map((byte) => byte ^ 1) });
}
