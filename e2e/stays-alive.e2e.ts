import { expect, vi } from 'vitest';
import { makeRandomFile } from './files/sample-files.ts';
import { receive } from './stage/receive.ts';
import {
  isAskedBeforeClosing,
  readStaged,
  setVisible,
  stageBrowser,
} from './stage/staged-browser.ts';
import { test } from './stage/test.ts';

/** So that a transfer takes a few seconds. */
const BYTES_PER_SECOND = 400_000;
/** So that it is not done before a test has looked, on whatever machine. */
const SLOW = 100_000;

test('while a download runs the screen stays on; who looks elsewhere sees how far it is, and hears of its end', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  const shared = await sharer.share(makeRandomFile(stage.folder, 'secret plan.bin', 2_000_000));
  await sharer.limitUpload(BYTES_PER_SECOND);
  const context = await stage.openContext();
  await stageBrowser(context);
  const receiver = await stage.openTabIn(context);
  const { page } = receiver;
  const card = await receiver.openLink(await shared.link());
  expect(await readStaged(page)).toMatchObject({ lockCount: 0, askCount: 0, icons: [] });

  const receiving = receive(card, stage.folder);
  await card.root.getByLabel('Tell me when it is done').check();
  await card.waitForPercent(5);
  await vi.waitFor(async () => {
    expect(await readStaged(page)).toMatchObject({ lockCount: 1, askCount: 1 });
  });
  await setVisible(page, false);
  expect((await readStaged(page)).lockCount).toBe(0);
  await setVisible(page, true);
  expect((await readStaged(page)).lockCount).toBe(1);
  await setVisible(page, false);

  await receiving;
  await vi.waitFor(async () => {
    const { notices, icons, lockCount } = await readStaged(page);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('A download is complete.');
    expect(notices[0]).not.toContain('plan');
    expect(lockCount).toBe(0);
    // Once for each twentieth or so, and at last a sign of its own.
    expect(new Set(icons).size).toBeGreaterThan(4);
    expect(icons.at(-1)).toMatch(/^data:image\/svg\+xml,/);
    expect(decodeURIComponent(icons.at(-1) ?? '')).not.toContain('dasharray');
  }, 10_000);
  await setVisible(page, true);
  expect((await readStaged(page)).icons.at(-1)).toMatch(/\/favicon\.svg$/);
});

test('nobody who looks at the page is notified, and nobody is asked who did not turn it on', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  const shared = await sharer.share(makeRandomFile(stage.folder, 'seen.bin', 200_000));
  const context = await stage.openContext();
  await stageBrowser(context);
  const receiver = await stage.openTabIn(context);
  const card = await receiver.openLink(await shared.link());
  await receive(card, stage.folder);
  await card.waitForStatus('Complete');
  expect(await readStaged(receiver.page)).toMatchObject({ askCount: 0, notices: [] });
  await setVisible(receiver.page, false);
  expect((await readStaged(receiver.page)).notices).toEqual([]);
});

test('closing is questioned while the sharer’s tab is needed, and no longer', async ({ stage }) => {
  const sharer = await stage.openTab();
  const { page } = sharer;
  const shared = await sharer.share(makeRandomFile(stage.folder, 'needed.bin', 100_000));
  await shared.button('Copy link').click();
  expect(await isAskedBeforeClosing(page)).toBe(true);
  await shared.button('Remove').click();
  await shared.button('Yes, remove it').click();
  await shared.root.waitFor({ state: 'detached' });
  await vi.waitFor(async () => expect(await isAskedBeforeClosing(page)).toBe(false));
});

test('closing is questioned while a download runs, and not when it is complete, or another tab’s', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  const shared = await sharer.share(makeRandomFile(stage.folder, 'wanted.bin', 2_000_000));
  const link = await shared.link();
  await sharer.limitUpload(SLOW);
  const context = await stage.openContext();
  const receiver = await stage.openTabIn(context);
  const card = await receiver.openLink(link);
  const saving = card.download();
  await card.waitForPercent(5);
  expect(await isAskedBeforeClosing(receiver.page)).toBe(true);

  const other = await stage.openTabIn(context);
  const mirrored = await other.openLink(link);
  await mirrored.button('Download').click();
  await mirrored.waitForPercent(5);
  expect(await isAskedBeforeClosing(other.page)).toBe(false);

  await sharer.limitUpload(undefined);
  await saving;
  await card.waitForStatus('Complete');
  expect(await isAskedBeforeClosing(receiver.page)).toBe(false);
});

test('a page that has nothing to lose closes, also with a paused download on it', async ({
  stage,
}) => {
  const sharer = await stage.openTab();
  const shared = await sharer.share(makeRandomFile(stage.folder, 'paused.bin', 2_000_000));
  await sharer.limitUpload(SLOW);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').click();
  await card.waitForPercent(5);
  await card.button('Pause').click();
  await card.waitForStatus('Paused');
  await vi.waitFor(async () => expect(await isAskedBeforeClosing(receiver.page)).toBe(false));
});
