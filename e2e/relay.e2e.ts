import type { BrowserContext } from 'playwright-core';
import { expect, vi } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { DetailsOnPage } from './page/details.ts';
import type { Tab } from './page/tab.ts';
import { Coturn } from './stage/coturn.ts';
import {
  allowRelaysOnly,
  leaveRelaysOnly,
  listConnectionStates,
  listRelayErrors,
  listRoutes,
} from './stage/relay-only.ts';
import { receive } from './stage/receive.ts';
import { shortenDials } from './stage/shorten-dials.ts';
import type { Stage } from './stage/stage.ts';
import { test } from './stage/two-browsers-test.ts';

const SECRET = 'the secret that coturn and its tracker share';
const OTHER_SECRET = 'another secret than that which coturn knows';
const UNAUTHORIZED = 401;

async function openTab(
  stage: Stage,
  prepare?: (context: BrowserContext) => Promise<void>,
): Promise<Tab> {
  const context = await stage.openContext();
  await allowRelaysOnly(context);
  await prepare?.(context);
  return stage.openTabIn(context);
}

test('case T28; T24, T25: a file goes through a real TURN server with what the tracker gives its members', async ({
  stage,
  onTestFinished,
}) => {
  const coturn = await Coturn.start(SECRET, stage.folder);
  onTestFinished(() => coturn.stop());
  await stage.restartTracker({ relay: { urls: [coturn.url], secret: SECRET } });
  const path = makeRandomFile(stage.folder, 'relayed.bin', 500_000);
  const sharer = await openTab(stage);
  const shared = await sharer.share(path);
  const receiver = await openTab(stage);
  const received = await receive(await receiver.openLink(await shared.link()), stage.folder);
  expect(received.sha256).toBe(await computeSha256(path));
  expect(await listRoutes(receiver.page)).toEqual(['relay relay']);
  for (const { page } of [sharer, receiver]) expect(await listRelayErrors(page)).toEqual([]);
  const details = await DetailsOnPage.open(receiver.card());
  await vi.waitFor(async () => expect(await details.rowOf('Peer 1')).toContain('relayed'), 10_000);
});

test('case T28; T24, T25: so does one between Firefox and Chromium, both ways', async ({
  stage,
  firefox,
  onTestFinished,
}) => {
  const coturn = await Coturn.start(SECRET, stage.folder);
  onTestFinished(() => coturn.stop());
  await stage.restartTracker({ relay: { urls: [coturn.url], secret: SECRET } });
  const inChromium = await openTab(stage);
  const inFirefox = await firefox.openTab((page) => page.evaluateOnNewDocument(leaveRelaysOnly));
  for (const [name, from, to] of [
    ['to Firefox.bin', inChromium, inFirefox],
    ['from Firefox.bin', inFirefox, inChromium],
  ] as const) {
    const path = makeRandomFile(stage.folder, name, 500_000);
    const link = await (await from.share(path)).link();
    const received = await receive(await to.openLink(link), stage.folder);
    expect(received.sha256).toBe(await computeSha256(path));
  }
  await inFirefox.card().press('Details');
  await inFirefox.card().waitForText(/Peer 1 ?relayed/);
  expect(new Set(await listRoutes(inChromium.page))).toEqual(new Set(['relay relay']));
});

test('case T28; T24: a TURN server with another secret lets nobody in', async ({
  stage,
  onTestFinished,
}) => {
  const coturn = await Coturn.start(SECRET, stage.folder);
  onTestFinished(() => coturn.stop());
  await stage.restartTracker({ relay: { urls: [coturn.url], secret: OTHER_SECRET } });
  const sharer = await openTab(stage);
  const shared = await sharer.share(makeRandomFile(stage.folder, 'kept.bin', 100_000));
  const receiver = await openTab(stage);
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').click();
  for (const { page } of [sharer, receiver]) {
    await vi.waitUntil(async () => (await listRelayErrors(page)).includes(UNAUTHORIZED), 15_000);
    expect(await listConnectionStates(page)).not.toContain('connected');
  }
  expect(await card.percent()).toBe(0);
});

test('where no connection can come about the page says that the network is in the way', async ({
  stage,
}) => {
  const sharer = await openTab(stage);
  const shared = await sharer.share(makeRandomFile(stage.folder, 'apart.bin', 100_000));
  const receiver = await openTab(stage, shortenDials);
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').click();
  const hint = card.root.getByText('your network or theirs blocks direct connections');
  // Two dials, each given up.
  await hint.waitFor({ timeout: 60_000 });
});
