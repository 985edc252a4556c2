import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { putChromiumOnHost } from './hosts/chromium-on-host.ts';
import {
  findObstacleToHosts,
  HUB_ADDRESS,
  removeHosts,
  ShapedHosts,
} from './hosts/shaped-hosts.ts';
import type { Tab } from './page/tab.ts';
import { printFigures } from './stage/print-figures.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';
import { TrackerProcess } from './stage/tracker-process.ts';

const MB = 1e6;
const [SHARER, RECEIVER] = [1, 2];
/** Slow enough for both changes to come half-way. */
const RATE = { upKbit: 24_000, downKbit: 100_000 };

test('case S8; E13, T16: a transfer goes on by itself when either end gets another address', async ({
  stage,
  skip,
  onTestFinished,
}) => {
  const obstacle = findObstacleToHosts();
  if (obstacle !== undefined) skip(`no address was changed: ${obstacle}`);
  removeHosts();
  const hosts = new ShapedHosts(process.pid);
  onTestFinished(() => removeHosts(process.pid));
  hosts.addHub();
  const command = ['ip', 'netns', 'exec', hosts.hub];
  const tracker = new TrackerProcess({ host: HUB_ADDRESS, name: HUB_ADDRESS, command });
  onTestFinished(() => tracker.kill());
  await tracker.start();
  const openTabOn = async (host: number): Promise<Tab> => {
    hosts.addHost(host);
    const { origin } = new URL(tracker.url);
    const options = putChromiumOnHost(hosts, host, stage.folder, origin);
    return stage.openTabIn(await stage.createProfile(options).open(), tracker.url);
  };
  const [sharer, receiver] = [await openTabOn(SHARER), await openTabOn(RECEIVER)];
  hosts.setRate(SHARER, RATE);
  const path = makeRandomFile(stage.folder, 'moving.bin', 16 * MB);
  const card = await receiver.openLink(await (await sharer.share(path)).link());
  const receiving = receive(card, stage.folder);
  for (const [host, percent, address] of [
    [RECEIVER, 20, '10.77.0.102'],
    [SHARER, 55, '10.77.0.101'],
  ] as const) {
    await card.waitForPercent(percent);
    hosts.setAddress(host, address);
    const movedMs = performance.now();
    await card.waitForPercent((await card.percent()) + 5);
    const goneOnAfterMs = Math.round(performance.now() - movedMs);
    printFigures({ fault: `another address on host ${host}`, goneOnAfterMs });
  }
  hosts.unshape(SHARER);
  expect((await receiving).sha256).toBe(await computeSha256(path));
});
