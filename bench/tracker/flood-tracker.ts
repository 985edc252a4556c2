import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { createRandom } from '../../shared/swarm/random.ts';
import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import { printRepeats } from '../report.ts';
import { computeQuantile } from '../statistics.ts';
import type { BuiltServers } from './built-servers.ts';
import { withBuiltServers } from './built-servers.ts';
import type { FloodOrder, FloodReport } from './flood-client.ts';
import { ForkedProcess } from './forked-process.ts';
import { LoadClients } from './load-clients.ts';
import { LoadServer } from './load-server.ts';
import type { LoadShare } from './load-shares.ts';
import { createLoadShares } from './load-shares.ts';

const SCRIPT = join(import.meta.dirname, 'flood-client.ts');
const DEFAULTS = { peers: 200, seconds: 12, seed: 1 };
/** Another than the honest peers have: on loopback the whole of 127.0.0.0/8 is this machine. */
const FLOODERS_ADDRESS = '127.0.0.2';
const PER_SECOND = 1000;
const SETTLING_MS = 500;

/** Who floods, connections of one address at a time; each sends 1,000 announces a second. */
const FLOODS = { quiet: 0, one: 1, fifty: 50 } as const;
type Flood = keyof typeof FLOODS;

interface FloodOptions {
  readonly servers: BuiltServers;
  readonly peers: number;
  readonly seconds: number;
  readonly seed: number;
}

/** How soon the tracker answers honest peers while others flood it, ÷ the same without a flood. */
export async function floodTracker(options: BenchOptions): Promise<void> {
  const { peers = DEFAULTS.peers, seconds = DEFAULTS.seconds, seed = DEFAULTS.seed } = options;
  await withBuiltServers((servers) =>
    printRepeats('flood', options.repeats, { peers, seconds, seed }, (repeat) =>
      measureFloods({ servers, peers, seconds, seed: seed + repeat }),
    ),
  );
}

/** One tracker under all of its limits, the same honest load three times: alone, beside one flooder, beside fifty. */
export async function measureFloods(options: FloodOptions): Promise<Row> {
  const shares = await createLoadShares(options.peers, createRandom(options.seed));
  const server = await LoadServer.startLimited(options.servers);
  const clients = new LoadClients();
  const flooder = new ForkedProcess(SCRIPT);
  try {
    const { url } = server;
    await clients.prepare({ url, isTracker: true, shares, seed: options.seed });
    await clients.order({ kind: 'connect' });
    await clients.order({ kind: 'announce' });
    await clients.order({ kind: 'load', seconds: 1 });
    const rows: Record<Flood, Row> = { quiet: {}, one: {}, fifty: {} };
    for (const flood of ['quiet', 'one', 'fifty'] as const) {
      rows[flood] = await measureFlood(flood, clients, flooder, { url, shares, ...options });
    }
    await Promise.all([clients.stop(), flooder.stop()]);
    await server.stop();
    return describeFloods(rows);
  } catch (error) {
    for (const process of [clients, flooder, server]) process.kill();
    throw error;
  }
}

async function measureFlood(
  flood: Flood,
  clients: LoadClients,
  flooder: ForkedProcess,
  { url, shares, seconds }: { url: string; shares: readonly LoadShare[]; seconds: number },
): Promise<Row> {
  const [share] = shares;
  if (share === undefined) throw new RangeError('no share');
  const connections = FLOODS[flood];
  const order: FloodOrder = {
    url,
    localAddress: FLOODERS_ADDRESS,
    share: { shareId: share.shareId },
    connections,
    perSecondEach: PER_SECOND,
    seconds: seconds + (2 * SETTLING_MS) / 1000,
  };
  const flooding = connections === 0 ? undefined : flooder.ask<FloodReport>(order);
  await wait(SETTLING_MS);
  const { latenciesMs, refused, lost } = await clients.order({ kind: 'load', seconds });
  const answers = [...latenciesMs.announce, ...latenciesMs.find, ...latenciesMs.signal];
  const refusedCount = Object.values(refused).reduce((total, count) => total + count, 0);
  return {
    answerMs: computeQuantile(answers, 0.5),
    answerP99Ms: computeQuantile(answers, 0.99),
    honestRefused: refusedCount,
    honestLost: lost,
    ...(await flooding),
  };
}

function describeFloods(rows: Readonly<Record<Flood, Row>>): Row {
  const figures = Object.entries(rows).flatMap(([flood, row]) =>
    Object.entries(row).map(([name, value]) => [`${flood}${capitalize(name)}`, value] as const),
  );
  const quietMs = rows.quiet['answerP99Ms'] ?? Number.NaN;
  return {
    ...Object.fromEntries(figures),
    oneP99ToQuiet: (rows.one['answerP99Ms'] ?? Number.NaN) / quietMs,
    fiftyP99ToQuiet: (rows.fifty['answerP99Ms'] ?? Number.NaN) / quietMs,
  };
}

function capitalize(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
