import { expect } from 'vitest';
import { readZip } from './files/read-zip.ts';
import { dropFiles } from './page/drop.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

const MARKUP = '<img src="x" onerror="alert(1)">.txt';
const REVERSED = 'invoice\u202Egpj.exe';
const NAMES = [MARKUP, REVERSED, '..\\..\\up.txt', 'CON.txt', '.hidden', 'a\u0007b.txt', 'ends. '];
/** Controls, what turns the direction of writing, and what some system takes for more than a letter. */
const HARMFUL = /[\p{Cc}\p{Cf}\\:*?"<>|]|(^|\/)\.|[. ]($|\/)|^con(\.|$)/iu;

test('V1, V2: names meant to harm are shown as text and saved as harmless names', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  await dropFiles(sharer.page, NAMES);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await sharer.card().link());
  const received = await receive(card, stage.folder);
  expect(received.name).not.toMatch(HARMFUL);
  const names = [...readZip(received.path).keys()];
  expect(names).toHaveLength(NAMES.length);
  expect(names.filter((name) => HARMFUL.test(name))).toEqual([]);
  await card.waitForStatus('Complete');
  for (const { page } of [sharer, receiver]) {
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('body').innerText()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    expect(await page.title()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  }
});

test('V1: one file with a name meant to harm is saved under a harmless one', async ({ stage }) => {
  const sharer = await stage.openTab();
  await dropFiles(sharer.page, [REVERSED]);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await sharer.card().link());
  expect((await receive(card, stage.folder)).name).toBe('invoicegpj.exe');
  expect(await card.text()).toContain('Open it only if you trust who sent you the link.');
});
