import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { readZip } from './files/read-zip.ts';
import { dropFiles } from './page/drop.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

const MARKUP = '<img src="x" onerror="alert(1)">.txt';
const REVERSED = 'invoice\u202Egpj.exe';
const NAMES = [
  MARKUP,
  REVERSED,
  '..\\..\\up.txt',
  'CON.txt',
  'CON',
  '.',
  '.hidden',
  'a\u0007b.txt',
  'nothing\u0000.txt',
  'ends. ',
  `${'é'.repeat(150)}.txt`,
];
/** Controls, what turns the direction of writing, and what some system takes for more than a letter. */
const HARMFUL = /[\p{Cc}\p{Cf}\\:*?"<>|]|(^|\/)\.|[. ]($|\/)|^con(\.|$)/iu;

test('case U1; V1, V2: names meant to harm are shown as text and saved as harmless names', async ({
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

test('case U1; V1, V8: one file with a name meant to harm is saved under a harmless one', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  await dropFiles(sharer.page, [REVERSED]);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await sharer.card().link());
  expect((await receive(card, stage.folder)).name).toBe('invoicegpj.exe');
  expect(await card.root.locator('.name-extension').innerText()).toBe('.exe');
  expect(await card.text()).toContain('Open it only if you trust who sent you the link.');
});

for (const content of [
  '<!doctype html><script>top.hasRun = true</script>',
  '<svg xmlns="http://www.w3.org/2000/svg"><script>top.hasRun = true</script></svg>',
]) {
  test(`case U2; V4: what calls itself a picture and would run is saved, and never runs: ${content}`, async ({
    stage,
  }) => {
    const sharer = await stage.openTab();
    const buffer = Buffer.from(content);
    const shared = await sharer.share({ name: 'picture.png', mimeType: 'text/html', buffer });
    const receiver = await stage.openTab();
    const card = await receiver.openLink(await shared.link());
    const received = await receive(card, stage.folder);
    expect(received.name).toBe('picture.png');
    expect(readFileSync(received.path, 'utf8')).toBe(content);
    await card.waitForStatus('Complete');
    for (const { page } of [sharer, receiver]) {
      expect(await page.evaluate(() => 'hasRun' in globalThis)).toBe(false);
      expect(page.frames()).toHaveLength(1);
    }
    expect(receiver.context.pages()).toHaveLength(1);
  });
}
