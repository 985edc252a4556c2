import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import type { Tab } from './page/tab.ts';
import type { Stage } from './stage/stage.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

const STAY = 'Keep this tab open';
const CLOSE = 'You can close this tab';
/** A tab that is closed says so. What falls silent is noticed after a quarter minute. */
const NOTICED_MS = 5000;

/** Turned on with the keyboard. */
async function openVolunteer(stage: Stage): Promise<Tab> {
  const tab = await stage.openTab();
  await tab.volunteering.press();
  return tab;
}

test('a sharer leaves when told it may, and whoever comes later gets every byte from volunteers', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'kept.bin', 3e6);
  const sharer = await stage.openTab();
  const shared = await sharer.share(path);
  const link = await shared.link();
  const says = (words: string, timeout = 30_000) =>
    shared.root.getByText(words, { exact: true }).waitFor({ timeout });
  await shared.waitForStatus('Sharing');
  await says(STAY);
  await shared.root.getByText('Nobody else is here yet').waitFor();

  const first = await openVolunteer(stage);
  await says('1 full copy besides yours');
  await says(STAY);
  const target = shared.root.getByRole('combobox', { name: 'Copies wanted elsewhere' });
  await target.focus();
  await sharer.page.keyboard.press('ArrowUp');
  await says(CLOSE);
  await sharer.page.reload();
  await says(CLOSE);
  expect(await target.inputValue()).toBe('1');
  await target.focus();
  await sharer.page.keyboard.press('ArrowDown');
  await says(STAY);

  const second = await openVolunteer(stage);
  await says('2 full copies besides yours');
  await says(CLOSE);
  await second.context.close();
  await says(STAY, NOTICED_MS);
  const third = await openVolunteer(stage);
  await says(CLOSE);
  await third.volunteering.waitForHeld('3.0 MB');
  await sharer.context.close();

  const pieceCount = await first.volunteering.countPieces();
  await first.page.reload();
  await first.volunteering.waitForHeld('3.0 MB');
  expect(await first.volunteering.countPieces()).toBe(pieceCount);
  const card = await (await stage.openTab()).openLink(link);
  await card.root.getByText('from 2 volunteers').waitFor();
  expect((await receive(card, stage.folder)).sha256).toBe(await computeSha256(path));

  await first.volunteering.root.getByRole('button', { name: 'Forget all of it' }).click();
  await first.volunteering.waitForPieces(0);
  await first.volunteering.waitForSwitch(false);
  await third.volunteering.press();
  await third.volunteering.waitForSwitch(false);
  expect(await third.volunteering.countPieces()).toBe(pieceCount);
});

test('what the sharer removes, volunteers drop', async ({ stage }) => {
  const shared = await (
    await stage.openTab()
  ).share(makeRandomFile(stage.folder, 'taken-back.bin', 100_000));
  const { volunteering } = await openVolunteer(stage);
  await shared.root.getByText('1 full copy besides yours').waitFor();
  await shared.button('Remove').click();
  await shared.button('Yes, remove it').click();
  await volunteering.waitForPieces(0);
  await volunteering.waitForSwitch(true);
});
