import { expect, vi } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import type { Tab } from './page/tab.ts';
import { Coturn } from './stage/coturn.ts';
import {
  allowRelaysOnly,
  listConnectionStates,
  listRelayErrors,
  listRoutes,
} from './stage/relay-only.ts';
import { receive } from './stage/receive.ts';
import type { Stage } from './stage/stage.ts';
import { test } from './stage/test.ts';

const SECRET = 'the secret that coturn and its tracker share';
const OTHER_SECRET = 'another secret than that which coturn knows';
const UNAUTHORIZED = 401;

async function openTab(stage: Stage): Promise<Tab> {
  const context = await stage.openContext();
  await allowRelaysOnly(context);
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
