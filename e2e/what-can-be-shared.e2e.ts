import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from 'vitest';
import { makeRandomFile } from './files/sample-files.ts';
import { readZip } from './files/read-zip.ts';
import { dropPaths, dropText } from './page/drop.ts';
import { keepDownload, receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

test('V5: several files arrive as one zip, and each by itself', async ({ stage }) => {
  const paths = [
    makeRandomFile(stage.folder, 'first.bin', 200_000),
    makeRandomFile(stage.folder, 'zweite Datei äöü.bin', 70_000),
    makeRandomFile(stage.folder, 'empty.bin', 0),
  ];
  const sharer = await stage.openTab();
  const shared = await sharer.share(paths);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await shared.link());
  const received = await receive(card, stage.folder);
  expect(received.name).toBe('first.bin + 2.zip');
  expect(readZip(received.path)).toEqual(
    new Map(paths.map((path) => [basename(path), readFileSync(path)])),
  );
  await card.waitForStatus('Complete');
  for (const path of paths) {
    const saving = card.nextDownload();
    await card.button(`Save ${basename(path)}`).click();
    const saved = await keepDownload(saving, stage.folder);
    expect(saved.name).toBe(basename(path));
    expect(readFileSync(saved.path)).toEqual(readFileSync(path));
  }
});

const TREE = {
  'tree/top.txt': 'top',
  'tree/one/inner.txt': 'inner',
  'tree/one/two/deep.bin': 'd'.repeat(100_000),
  'tree/other/inner.txt': 'another of the same name',
};

test('a chosen folder arrives with its paths', async ({ stage }) => {
  makeTree(stage.folder);
  const sharer = await stage.openTab();
  await sharer.page.getByLabel('Choose a folder').setInputFiles(join(stage.folder, 'tree'));
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await sharer.card('tree').link());
  const received = await receive(card, stage.folder);
  expect(received.name).toBe('tree.zip');
  expect(readTexts(received.path)).toEqual(TREE);
});

test('a dropped folder arrives with its paths', async ({ stage }) => {
  makeTree(stage.folder);
  const sharer = await stage.openTab();
  await dropPaths(sharer.page, [join(stage.folder, 'tree')]);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await sharer.card('tree').link());
  const received = await receive(card, stage.folder);
  expect(readTexts(received.path)).toEqual(TREE);
});

test('a pasted text arrives as a text file', async ({ stage }) => {
  const text = 'Grüße, 你好\nsecond line';
  const sharer = await stage.openTab();
  await sharer.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await sharer.page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await sharer.page.locator('body').click({ position: { x: 1, y: 1 } });
  await sharer.page.keyboard.press('ControlOrMeta+V');
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await sharer.card('Pasted text.txt').link());
  const received = await receive(card, stage.folder);
  expect(received.name).toBe('Pasted text.txt');
  expect(readFileSync(received.path, 'utf8')).toBe(text);
});

test('a dropped text arrives as a text file, and so does a dropped link to another site', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  const shown = sharer.page.url();
  await dropText(sharer.page, 'Grüße, 你好');
  await sharer.card('Pasted text.txt').waitForStatus('Sharing');
  await dropText(sharer.page, 'https://example.org/', 'text/uri-list');
  await expect.poll(() => sharer.page.getByRole('article').count()).toBe(2);
  expect(sharer.page.url()).toBe(shown);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await sharer.card().link());
  expect(readFileSync((await receive(card, stage.folder)).path, 'utf8')).toBe(
    'https://example.org/',
  );
});

test('a text that is dropped on a field is written into it, and nothing is shared', async ({
  stage,
}) => {
  const tab = await stage.openTab();
  const field = tab.page.getByRole('textbox', { name: 'File ID or link' });
  await dropText(tab.page, 'some words', 'text/plain', field);
  await expect.poll(() => field.inputValue()).toBe('some words');
  expect(await tab.page.getByRole('article').count()).toBe(0);
});

test('what is dragged from the page itself and let go of there is not shared', async ({
  stage,
}) => {
  const tab = await stage.openTab();
  await tab.page.locator('h1').evaluate((heading) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/plain', 'a marked sentence');
    const drag = (type: string): boolean =>
      heading.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    drag('dragstart');
    drag('drop');
    drag('dragend');
  });
  await dropText(tab.page, 'from elsewhere');
  await tab.card().waitForStatus('Sharing');
  expect(await tab.page.getByRole('article').count()).toBe(1);
});

function makeTree(folder: string): void {
  for (const [path, text] of Object.entries(TREE)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function readTexts(zipPath: string): Record<string, string> {
  const entries = [...readZip(zipPath)].map(([name, bytes]) => [name, bytes.toString('utf8')]);
  return Object.fromEntries(entries);
}
