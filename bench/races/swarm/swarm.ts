import type { BenchOptions } from '../../options.ts';
import type { Row } from '../../report.ts';
import type { ShapedHosts } from '../../../e2e/hosts/shaped-hosts.ts';
import type { CrowdResult } from './flash-crowd.ts';
import type { SwarmCourse } from './course.ts';
import { pickNames } from '../../options.ts';
import { computeFluidBoundS } from '../../fluid-bound.ts';
import { printLine, printRepeats, rotateArms } from '../../report.ts';
import { runInHub } from '../hosts/run-in-hub.ts';
import { findObstacleToHosts, HUB_ADDRESS } from '../../../e2e/hosts/shaped-hosts.ts';
import { bundlePageScript } from '../page-script.ts';
import { withPeerify } from '../peerify.ts';
import { withScratchFolder, writeSampleFile } from '../sample-file.ts';
import { installRivals } from '../webtorrent.ts';
import { ALL_HOSTS, HOME_LINK, LEECHERS, toBytesPerSecond } from './course.ts';
import { runPeerifyCrowd, runWebTorrentCrowd } from './flash-crowd.ts';
import { runLostSharer } from './lost-sharer.ts';
import { runSeveralSources } from './several-sources.ts';

type Arm = (course: SwarmCourse, boundS: number, repeat: number) => Promise<Row>;

const OURS: ReadonlyMap<string, Arm> = new Map<string, Arm>([
  ['ours', (course, boundS, repeat) => tell('ours', repeat, runPeerifyCrowd(course, boundS))],
  ['killed', (course, boundS) => runLostSharer(course, boundS)],
  ['sources', (course) => runSeveralSources(course)],
]);

const RIVALS: ReadonlyMap<string, Arm> = new Map<string, Arm>([
  [
    'webtorrentRarest',
    (course, boundS, repeat) =>
      tell('webtorrentRarest', repeat, runWebTorrentCrowd(course, boundS, 'rarest')),
  ],
  [
    'webtorrentDefault',
    (course, boundS, repeat) =>
      tell('webtorrentDefault', repeat, runWebTorrentCrowd(course, boundS, 'sequential')),
  ],
]);

/**
 * Five hosts of their own, each behind a link of 8 Mbit/s up and 80 down: one sharer, four leechers that start together.
 * The time until the last has everything, against the fluid bound at line rate, for Peerify and for WebTorrent; and how
 * Peerify fares when sources are unequal, die or fall silent.
 */
export async function raceSwarm(options: BenchOptions): Promise<void> {
  const names = pickNames([...OURS.keys(), ...RIVALS.keys()], options.only);
  const obstacle = findObstacleToHosts();
  if (obstacle !== undefined) {
    printLine({ bench: 'swarm', skipped: 'everything', because: obstacle });
    return;
  }
  const noRival = await installRivals();
  await runInHub((hosts) => raceOnHosts(hosts, options, names, noRival));
}

async function raceOnHosts(
  hosts: ShapedHosts,
  { repeats, megabytes }: BenchOptions,
  names: readonly string[],
  noRival: string | undefined,
): Promise<void> {
  if (noRival !== undefined) printLine({ skipped: 'WebTorrent', because: noRival });
  const known = [...OURS, ...(noRival === undefined ? RIVALS : [])];
  const arms = known.filter(([name]) => names.includes(name));
  for (const host of ALL_HOSTS) hosts.addHost(host);
  await withScratchFolder((folder) =>
    withPeerify(
      folder,
      async (url) => {
        const course = await prepareCourse(hosts, url, folder, megabytes);
        const boundS = computeBoundS(course.fileBytes);
        await printRepeats('swarm', repeats, { megabytes, ...HOME_LINK }, async (repeat) => {
          const figures: Record<string, number> = { boundS };
          for (const [, run] of rotateArms(arms, repeat)) {
            Object.assign(figures, await run(course, boundS, repeat));
          }
          return figures;
        });
      },
      { host: HUB_ADDRESS },
    ),
  );
}

async function prepareCourse(
  hosts: ShapedHosts,
  url: string,
  folder: string,
  megabytes: number,
): Promise<SwarmCourse> {
  return {
    hosts,
    url,
    ...(await writeSampleFile(folder, megabytes)),
    scripts: {
      receiver: await bundlePageScript('receiver-probe'),
      channels: await bundlePageScript('channel-probe'),
      webtorrent: await bundlePageScript('webtorrent-swarm'),
    },
  };
}

function computeBoundS(fileBytes: number): number {
  const upBytesPerSecond = toBytesPerSecond(HOME_LINK.upKbit);
  const downBytesPerSecond = toBytesPerSecond(HOME_LINK.downKbit);
  return computeFluidBoundS({
    fileBytes,
    sharerUpBytesPerSecond: upBytesPerSecond,
    leechers: LEECHERS.map(() => ({ upBytesPerSecond, downBytesPerSecond })),
  });
}

/** Prints the curve as a line of its own, for a plot, and gives each figure the arm's name. */
async function tell(arm: string, repeat: number, running: Promise<CrowdResult>): Promise<Row> {
  const { figures, curve } = await running;
  printLine({ repeat, arm, curve });
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [`${arm}${name}`, value]),
  );
}
