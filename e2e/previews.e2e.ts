import { randomFillSync } from 'node:crypto';
import { expect } from 'vitest';
import { makePng } from './files/make-png.ts';
import { PreviewPanelOnPage } from './page/preview-panel.ts';
import type { ShareCardOnPage } from './page/share-card.ts';
import type { Stage } from './stage/stage.ts';
import { test } from './stage/test.ts';

const SCRIPT = 'top.hasRun = true';
const HTML = `<!doctype html><script>${SCRIPT}</script><img src=x onerror="${SCRIPT}">`;
const SVG =
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" onload="${SCRIPT}">` +
  `<script>${SCRIPT}</script><rect width="40" height="30"/></svg>`;

function file(name: string, content: string | Buffer) {
  return { name, mimeType: 'text/html', buffer: Buffer.from(content) };
}

async function openReceived(
  stage: Stage,
  files: readonly ReturnType<typeof file>[],
  uplink?: number,
): Promise<ShareCardOnPage> {
  const sharer = await stage.openTab();
  await sharer.limitUpload(uplink);
  const shared = await sharer.share([...files]);
  const card = await (await stage.openTab()).openLink(await shared.link());
  await card.button('Download').click();
  return card;
}

/** Opens the list where it is folded away. */
async function unfold(card: ShareCardOnPage): Promise<void> {
  const list = card.root.locator('details.file-list');
  await list.waitFor();
  await list.evaluate((details) => {
    if (details instanceof HTMLDetailsElement) details.open = true;
  });
}

test('F4, F5: a picture and a text are looked at while the rest is being fetched', async ({
  stage,
}) => {
  const files = [
    file('large.bin', randomFillSync(Buffer.alloc(6_000_000))),
    file('picture.png', makePng(320, 200)),
    file('notes.txt', 'Grüße\n<b>not bold</b>'),
  ];
  const card = await openReceived(stage, files, 500_000);
  await unfold(card);
  const { root } = new PreviewPanelOnPage(card);
  await card.button('Preview picture.png').click();
  const picture = root.getByRole('img', { name: 'picture.png' });
  await picture.waitFor();
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(320);
  await card.button('Preview notes.txt').click();
  const text = root.locator('pre');
  await text.waitFor();
  expect(await text.textContent()).toBe('Grüße\n<b>not bold</b>');
  expect(await root.getByRole('img').count()).toBe(0);
  await card.waitForStatus('Downloading');
  await card.button('Close preview').click();
  await root.waitFor({ state: 'detached' });
});

test('a preview that waits for what a pause holds back says that it is paused, and goes on with it', async ({
  stage,
}) => {
  const log = file('log.txt', 'a line\n'.repeat(100_000));
  const card = await openReceived(stage, [log], 50_000);
  const { root } = new PreviewPanelOnPage(card);
  await card.button('Preview').click();
  await root.getByText('Fetching what is needed').waitFor();
  await card.button('Pause').click();
  await root.getByText('Paused', { exact: true }).waitFor();
  expect(await root.getByText('Fetching').count()).toBe(0);
  await card.button('Resume').click();
  await root.getByText('Fetching what is needed').waitFor();
  await root.locator('pre').waitFor();
});

test('F5: a text that is a link can be copied, and is followed by a press alone, with nothing told', async ({
  stage,
}) => {
  const card = await openReceived(stage, [file('Pasted text.txt', 'https://example.org/a\n')]);
  await card.button('Preview').click();
  const { root } = new PreviewPanelOnPage(card);
  const link = root.getByRole('link');
  await link.waitFor();
  expect(await link.textContent()).toBe('https://example.org/a');
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
  expect(await link.getAttribute('target')).toBe('_blank');
  const context = card.root.page().context();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await root.getByRole('button', { name: 'Copy text' }).click();
  await expect
    .poll(() => card.root.page().evaluate(() => navigator.clipboard.readText()))
    .toBe('https://example.org/a\n');
  expect(context.pages()).toHaveLength(1);
});

test('case U7; F1, F2: what would run is shown as what its name says, and never runs', async ({
  stage,
}) => {
  const card = await openReceived(stage, [
    file('drawing.svg', SVG),
    file('picture.png', HTML),
    file('film.mp4', HTML),
    file('page.html', HTML),
  ]);
  await unfold(card);
  const { root } = new PreviewPanelOnPage(card);
  await card.button('Preview drawing.svg').click();
  const drawing = root.getByRole('img', { name: 'drawing.svg' });
  await drawing.waitFor();
  await expect
    .poll(() => drawing.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(40);
  await card.button('Preview picture.png').click();
  await root.getByText('This browser cannot show this picture').waitFor();
  await card.button('Play film.mp4').click();
  await root.getByText('This browser cannot play this kind of file').waitFor();
  await card.button('Preview page.html').click();
  await root.locator('pre').waitFor();
  expect(await root.locator('pre').textContent()).toBe(HTML);
  const page = card.root.page();
  expect(await page.evaluate(() => 'hasRun' in globalThis)).toBe(false);
  expect(page.frames()).toHaveLength(1);
});

test('case U7; F1: the address of a view gives nothing to anybody but an element of its own page', async ({
  stage,
}) => {
  const card = await openReceived(stage, [file('drawing.svg', SVG)]);
  await card.button('Preview').click();
  const image = new PreviewPanelOnPage(card).root.getByRole('img', { name: 'drawing.svg' });
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(40);
  const address = await image.evaluate((one: HTMLImageElement) => one.src);
  expect(new URL(address).pathname).toMatch(/^\/view\/[\w-]{36}$/);
  const page = card.root.page();

  const inPage = await page.evaluate(async (address) => {
    const fetched = await fetch(address);
    const frame = document.createElement('iframe');
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    frame.src = address;
    document.body.append(frame);
    await loaded;
    const framed = frame.contentDocument?.documentElement.outerHTML ?? 'another origin';
    frame.remove();
    return { status: fetched.status, body: await fetched.text(), framed };
  }, address);
  expect(inPage).toMatchObject({ status: 404, body: '' });
  expect(inPage.framed).not.toContain('svg');
  // As text: the test's own loader would change it.
  const importing = `import(${JSON.stringify(address)}).then(() => 'run', () => 'refused')`;
  expect(await page.evaluate(importing)).toBe('refused');

  const other = await stage.openTabIn(page.context());
  const shown = await other.page.evaluate(
    (address) =>
      new Promise((resolve) => {
        const image = new Image();
        image.addEventListener('load', () => resolve('shown'));
        image.addEventListener('error', () => resolve('nothing'));
        image.src = address;
      }),
    address,
  );
  expect(shown).toBe('nothing');
  const answering = other.page.waitForResponse(address);
  await other.page.goto(address).catch(() => undefined);
  const answer = await answering;
  expect(answer.status()).toBe(404);
  // The browser puts a page of its own in its place.
  expect(await answer.text().catch(() => '')).not.toContain('<rect');

  await card.button('Close preview').click();
  const afterwards = await page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    return image.decode().then(
      () => 'shown',
      () => 'nothing',
    );
  }, `${address}?again`);
  expect(afterwards).toBe('nothing');
});
