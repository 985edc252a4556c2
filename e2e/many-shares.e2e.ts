import { expect } from 'vitest';
import { makeRandomFile } from './files/sample-files.ts';
import { PreviewPanelOnPage } from './page/preview-panel.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

const COUNT = 30;

test('of thirty shares the newest is first and whole, the others are rows that open; all of it can be cleared', async ({
  stage,
}) => {
  const tab = await stage.openTab();
  const { page } = tab;
  for (let i = 1; i <= COUNT; i += 1) {
    const buffer = Buffer.from(`share ${i}`);
    await tab.share({ name: `${i}.txt`, mimeType: 'text/plain', buffer });
    await tab.card(`${i}.txt`).root.waitFor();
  }
  await tab.waitForRemembered(COUNT);
  const names = await page
    .getByRole('article')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label')));
  expect(names).toEqual(Array.from({ length: COUNT }, (_, i) => `${COUNT - i}.txt`));
  expect(await page.getByRole('textbox', { name: 'Share link' }).count()).toBe(1);

  const row = tab.card('7.txt');
  await row.root.getByRole('button', { expanded: false }).click();
  expect(await row.link()).toContain('#1');
  // The focus is where the way back is.
  await page.keyboard.press('Enter');
  await row.root.getByRole('button', { expanded: false }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Share link' }).count()).toBe(1);

  await page.getByText('of this browser’s storage used').waitFor();
  await page.getByRole('button', { name: 'Clear everything' }).click();
  const question = page.getByRole('group', { name: 'Clear everything?' });
  await question.getByText(/Your links stop working.* 30\.txt, .* 1\.txt$/).waitFor();
  await question.getByRole('button', { name: 'Keep it' }).click();
  await tab.waitForRemembered(COUNT);
  await page.getByRole('button', { name: 'Clear everything' }).click();
  await question.getByRole('button', { name: 'Yes, clear everything' }).click();
  await tab.waitForRemembered(0);
  expect(await page.getByRole('article').count()).toBe(0);
});

test('finished downloads are cleared, and what is not saved stays', async ({ stage }) => {
  const sharer = await stage.openTab();
  const saved = await sharer.share(makeRandomFile(stage.folder, 'saved.bin', 300_000));
  const receiver = await stage.openTab();
  await receive(await receiver.openLink(await saved.link()), stage.folder);
  await receiver.card('saved.bin').waitForStatus('Complete');
  await receiver.card('saved.bin').root.getByText('stored in this browser').waitFor();
  await sharer.share(makeRandomFile(stage.folder, 'other.bin', 1000));
  await receiver.openLink(await sharer.card('other.bin').link());
  await receiver.page.getByRole('button', { name: 'Clear finished downloads' }).click();
  await receiver.card('saved.bin').root.waitFor({ state: 'detached' });
  await receiver.waitForRemembered(0);
  await receiver.card('other.bin').button('Download').waitFor();
});

test('what somebody looks at stays whole, however many others come, and their focus stays where it is', async ({
  stage,
}) => {
  const [sharer, receiver] = [await stage.openTab(), await stage.openTab()];
  const share = async (name: string): Promise<string> => {
    const buffer = Buffer.from(`This is ${name}`);
    const files = sharer.page.getByLabel('Choose files', { exact: true });
    await files.setInputFiles({ name, mimeType: 'text/plain', buffer });
    return sharer.card(name).link();
  };
  await receiver.openLink(await share('0.txt'));
  const card = receiver.card('0.txt');
  await receive(card, stage.folder);
  await card.waitForStatus('Complete');
  await card.button('Preview').click();
  const { root } = new PreviewPanelOnPage(card);
  await root.getByText('This is 0.txt').waitFor();
  for (const name of ['1.txt', '2.txt', '3.txt', '4.txt', '5.txt']) {
    await receiver.submit(await share(name));
    await receiver.card(name).root.waitFor();
  }
  await receiver.page.getByRole('button', { name: 'Show less' }).waitFor();
  expect(await root.getByText('This is 0.txt').count()).toBe(1);
  const open = receiver.page.getByRole('button', { name: 'Open', exact: true });
  expect(await open.evaluate((button) => button === document.activeElement)).toBe(true);
});

test('a link whose card is there already leads to it, and a reload leaves the page where it was', async ({
  stage,
}) => {
  const tab = await stage.openTab();
  const names = ['0.txt', '1.txt', '2.txt', '3.txt', '4.txt', '5.txt'];
  const links: string[] = [];
  for (const name of names) {
    await tab.share({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
    links.push(await tab.card(name).link());
  }
  const card = tab.card('0.txt');
  await card.root.getByRole('button', { expanded: false }).waitFor();
  await tab.submit(links[0] ?? '');
  const isFocused = () => card.root.evaluate((article) => article === document.activeElement);
  await expect.poll(isFocused).toBe(true);
  expect(await card.link()).toBe(links[0]);
  expect(await card.root.evaluate(isInSight)).toBe(true);
  await tab.page.getByText('0.txt is here already.').waitFor();

  await tab.page.evaluate(() => history.replaceState(null, '', '/'));
  await card.button('Remove').click();
  await card.button('Yes, remove it').click();
  await tab.waitForRemembered(5);
  await tab.page.evaluate(() => scrollTo(0, 0));
  await tab.page.reload();
  for (const name of names.slice(1)) await tab.card(name).waitForStatus('Sharing');
  expect(await tab.page.evaluate(() => scrollY)).toBe(0);
  await tab.page.goto(links[1] ?? '');
  await expect.poll(() => tab.card('1.txt').root.evaluate(isInSight)).toBe(true);
});

/** Runs in the page. */
function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

test('a card that folds while the focus is in it hands that on to its row', async ({ stage }) => {
  const tab = await stage.openTab();
  const share = async (name: string): Promise<void> => {
    const files = tab.page.getByLabel('Choose files', { exact: true });
    await files.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
    await tab.card(name).root.waitFor();
  };
  for (const name of ['0.txt', '1.txt', '2.txt', '3.txt', '4.txt', '5.txt']) await share(name);
  const card = tab.card('5.txt');
  await card.waitForStatus('Sharing');
  await card.root.getByRole('textbox', { name: 'Share link' }).focus();
  await share('6.txt');
  const row = card.root.getByRole('button', { expanded: false });
  await row.waitFor();
  await expect.poll(() => row.evaluate((button) => button === document.activeElement)).toBe(true);
});
