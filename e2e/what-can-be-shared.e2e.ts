import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from 'vitest';
import { makeRandomFile } from './files/sample-files.ts';
import { readZip } from './files/read-zip.ts';
import { dropPaths } from './page/drop.ts';
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
