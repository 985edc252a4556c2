import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { dropText } from './page/drop.ts';
import type { Tab } from './page/tab.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

const PASSWORD = 'Grüße à tous 😀 and one more word';

/** As a person sets it, before anything is chosen. */
async function setPassword(tab: Tab, password: string): Promise<void> {
  await tab.page.getByText('Options', { exact: true }).click();
  await tab.page.getByLabel('Password for what you share next').fill(password);
}

test('K8, L9: a share with a password asks for it, says that a wrong one is wrong, and opens with the right one', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'locked.bin', 300_000);
  const sharer = await stage.openTab();
  await setPassword(sharer, PASSWORD);
  const shared = await sharer.share(path);
  expect(await shared.text()).toContain('protected with a password');
  expect(await shared.text()).toContain('Send the password another way than the link');
  expect(await shared.fileId()).toMatch(/^2/);
  const link = await shared.link();
  expect(link).not.toContain(encodeURIComponent('Grüße'));

  const receiver = await stage.openTab();
  const card = await receiver.openLink(link);
  const field = card.root.getByLabel('Password', { exact: true });
  await field.waitFor();
  await card.root.getByText('1 peer has it').waitFor();
  expect(await card.text()).not.toContain('locked.bin');
  expect(await card.text()).not.toContain('300');
  expect(await card.button('Download').count()).toBe(0);

  await field.fill('a guess');
  await field.press('Enter');
  await card.root.getByText('This password does not open it.').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await card.text()).not.toContain('locked.bin');
  await card.button('Show password').click();
  expect(await field.inputValue()).toBe('a guess');
  expect(await field.getAttribute('type')).toBe('text');
  await field.fill(PASSWORD);
  await field.press('Enter');

  const opened = receiver.card('locked.bin');
  await opened.button('Download').waitFor();
  const received = await receive(opened, stage.folder);
  expect(received.sha256).toBe(await computeSha256(path));
  await opened.waitForStatus('Complete');

  await receiver.page.reload();
  await receiver.card('locked.bin').waitForStatus('Complete');
  await receiver.page.getByText('Link and file ID, to pass on').click();
  expect(await receiver.card().link()).toBe(link);
  await sharer.page.reload();
  await sharer.card('locked.bin').waitForStatus('Sharing');
  expect(await sharer.card().link()).toBe(link);
});

test('L9: a password is of the next share alone, and one that was erased again is none', async ({
  stage,
}) => {
  const tab = await stage.openTab();
  await setPassword(tab, 'x'.repeat(1000));
  await tab.page.getByText('Options · with a password').waitFor();
  const first = await tab.share(makeRandomFile(stage.folder, 'one.bin', 1000));
  expect(await first.fileId()).toMatch(/^2/);
  await tab.page.getByText('Options', { exact: true }).waitFor();
  await tab.share(makeRandomFile(stage.folder, 'two.bin', 1000));
  expect(await tab.card('two.bin').fileId()).toMatch(/^1/);
  await tab.page.getByLabel('Password for what you share next').fill('once');
  await tab.page.getByLabel('Password for what you share next').fill('');
  await tab.share(makeRandomFile(stage.folder, 'three.bin', 1000));
  expect(await tab.card('three.bin').fileId()).toMatch(/^1/);

  const card = await (await stage.openTab()).openLink(await tab.card('one.bin').link());
  await card.root.getByLabel('Password', { exact: true }).fill('x'.repeat(1000));
  await card.button('Unlock').click();
  await card.button('Download').waitFor();
  expect(await card.text()).toContain('one.bin');
});

test('L9: a pasted or dropped link of a share with a password is opened, and not shared as a text', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  await setPassword(sharer, PASSWORD);
  const shared = await sharer.share(makeRandomFile(stage.folder, 'locked.bin', 1000));
  const link = await shared.link();
  const tab = await stage.openTab();
  await tab.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await tab.page.evaluate((text) => navigator.clipboard.writeText(text), link);
  await tab.page.locator('body').click({ position: { x: 1, y: 1 } });
  await tab.page.keyboard.press('ControlOrMeta+V');
  await tab.card().root.getByLabel('Password', { exact: true }).waitFor();
  expect(await tab.page.getByRole('article').count()).toBe(1);

  const other = await stage.openTab();
  await dropText(other.page, link, 'text/uri-list');
  await other.card().root.getByLabel('Password', { exact: true }).waitFor();
  expect(await other.page.getByRole('article').count()).toBe(1);

  const typed = await stage.openTab();
  await typed.openPasted(link);
  expect(await typed.page.getByRole('textbox', { name: 'File ID or link' }).inputValue()).toBe('');
});
