import { createRandom } from '../../shared/swarm/random.ts';
import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import { printRepeats, rotateArms } from '../report.ts';
import { withBuiltServers } from './built-servers.ts';
import { explainDescriptorLimit, readDescriptorLimit } from './descriptor-limit.ts';
import type { Arm } from './load-server.ts';
import { createLoadShares } from './load-shares.ts';
import type { ArmOptions } from './measure-arm.ts';
import { pickNames } from '../options.ts';
import { measureArm } from './measure-arm.ts';

const ARMS: readonly Arm[] = ['tracker', 'bare'];
const DEFAULTS = { peers: 5000, seconds: 12, seed: 1 };

/** The tracker under load beside a bare Socket.IO server under the same, one after the other in each repeat. */
export async function loadTracker(options: BenchOptions): Promise<void> {
  const { peers = DEFAULTS.peers, seconds = DEFAULTS.seconds, seed = DEFAULTS.seed } = options;
  const refusal = explainDescriptorLimit(peers, readDescriptorLimit());
  if (refusal !== undefined) {
    process.stderr.write(`${refusal}\n`);
    process.exitCode = 1;
    return;
  }
  const arms = pickNames(ARMS, options.only);
  await withBuiltServers((servers) =>
    printRepeats('tracker', options.repeats, { peers, seconds, seed }, (repeat) =>
      measureArms(rotateArms(arms, repeat), { servers, peers, seconds, seed: seed + repeat }),
    ),
  );
}

/** Every figure under its arm's name, and what the tracker costs ÷ what the bare server does. */
export async function measureArms(
  arms: readonly Arm[],
  options: Omit<ArmOptions, 'shares'>,
): Promise<Row> {
  const shares = await createLoadShares(options.peers, createRandom(options.seed));
  const rows: Partial<Record<Arm, Row>> = {};
  for (const arm of arms) rows[arm] = await measureArm(arm, { ...options, shares });
  const { tracker, bare } = rows;
  return {
    ...(tracker === undefined ? {} : nameFigures('tracker', tracker)),
    ...(bare === undefined ? {} : nameFigures('bare', bare)),
    ...(tracker === undefined || bare === undefined ? {} : compareArms(tracker, bare)),
  };
}

function nameFigures(arm: Arm, row: Row): Row {
  const rename = (name: string): string => `${arm}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [rename(name), value]));
}

function compareArms(tracker: Row, bare: Row): Row {
  const divide = (name: string): number => (tracker[name] ?? Number.NaN) / (bare[name] ?? 1);
  return {
    idlePeerHeapToBare: divide('idlePeerHeapKB'),
    announcesPerCpuSecondToBare: divide('announcesPerCpuSecond'),
    announcesPerSecondToBare: divide('announcesPerSecond'),
    loadCpuToBare: divide('cpuSeconds'),
    announceP99ToBare: divide('announceP99Ms'),
  };
}
