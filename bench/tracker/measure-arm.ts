import { setTimeout as wait } from 'node:timers/promises';

import type { Row } from '../report.ts';
import { computeQuantile } from '../statistics.ts';
import type { BuiltServers } from './built-servers.ts';
import { LoadClients } from './load-clients.ts';
import type { Arm } from './load-server.ts';
import { LoadServer } from './load-server.ts';
import type { LoadShare } from './load-shares.ts';
import type { MessageReport, TimedKind } from './message-log.ts';
import type { ServerMemory } from './server-probe.ts';

export interface ArmOptions {
  readonly peers: number;
  readonly seconds: number;
  readonly seed: number;
  readonly shares: readonly LoadShare[];
  readonly servers: BuiltServers;
}

/** Peers that come and go before memory is read first, so that what is loaded once does not count as growth. */
const WARMING_PEERS_PER_CLIENT = 50;
/** Within the tracker's rate for one connection. */
const FLOOD_PER_PEER = 8;
const CLOSED_TIMEOUT_MS = 10_000;

/**
 * One server under the whole load: at rest, with everybody connected but silent, announced, in a lively evening with
 * peers that come and go, flooded with announces, and left by everybody.
 */
export async function measureArm(arm: Arm, options: ArmOptions): Promise<Row> {
  const server = await LoadServer.start(arm, options.servers);
  const clients = new LoadClients();
  try {
    const row = await runPhases(arm, server, clients, options);
    await clients.stop();
    await server.stop();
    return row;
  } catch (error) {
    clients.kill();
    server.kill();
    throw error;
  }
}

async function runPhases(
  arm: Arm,
  server: LoadServer,
  clients: LoadClients,
  { peers, seconds, seed, shares }: ArmOptions,
): Promise<Row> {
  await clients.prepare({ url: server.url, isTracker: arm === 'tracker', shares, seed });
  const warming = [
    await clients.order({ kind: 'connect', count: WARMING_PEERS_PER_CLIENT }),
    await clients.order({ kind: 'announce' }),
    await clients.order({ kind: 'flood', perPeer: FLOOD_PER_PEER }),
    await clients.order({ kind: 'leave' }),
  ];
  await whenLeft(arm, server);
  const rest = await server.readMemory();
  const connected = await clients.order({ kind: 'connect' });
  const idle = await server.readMemory();
  const announced = await clients.order({ kind: 'announce' });
  const booked = await server.readMemory();
  const load = await server.strain(() => clients.order({ kind: 'load', seconds }));
  const flood = await server.strain(() =>
    clients.order({ kind: 'flood', perPeer: FLOOD_PER_PEER }),
  );
  const left = await clients.order({ kind: 'leave' });
  await whenLeft(arm, server);
  const after = await server.readMemory();
  const reports = [...warming, connected, announced, load.result, flood.result, left];
  const floodCount = flood.result.latenciesMs.announce.length;
  return {
    ...describeMemory({ rest, idle, booked, after }, peers),
    ...load.strain,
    ...describeLatencies(load.result),
    messagesPerSecond: countAnswers(load.result) / seconds,
    connectsPerSecond: peers / (connected.tookMs / 1000),
    announcesPerSecond: floodCount / (flood.result.tookMs / 1000),
    announcesPerCpuSecond: floodCount / flood.strain.cpuSeconds,
    refused: reports.reduce((total, report) => total + countRefused(report), 0),
    lost: reports.reduce((total, { lost }) => total + lost, 0),
    clientLateP99Ms: load.result.lateP99Ms,
  };
}

function describeMemory(
  memory: Readonly<Record<'rest' | 'idle' | 'booked' | 'after', ServerMemory>>,
  peers: number,
): Row {
  const { rest, idle, booked, after } = memory;
  return {
    restRssMB: rest.rssMB,
    restHeapMB: rest.heapMB,
    idlePeerHeapKB: ((idle.heapMB - rest.heapMB) * 1000) / peers,
    idlePeerRssKB: ((idle.rssMB - rest.rssMB) * 1000) / peers,
    announcedPeerHeapKB: ((booked.heapMB - rest.heapMB) * 1000) / peers,
    afterRssMB: after.rssMB,
    afterHeapMB: after.heapMB,
    leftBehindHeapMB: after.heapMB - rest.heapMB,
  };
}

function describeLatencies({ latenciesMs }: MessageReport): Row {
  const row: Record<string, number> = {};
  for (const kind of ['announce', 'find', 'signal', 'relay'] satisfies TimedKind[]) {
    const values = latenciesMs[kind];
    if (values.length === 0) continue;
    row[`${kind}Ms`] = computeQuantile(values, 0.5);
    row[`${kind}P99Ms`] = computeQuantile(values, 0.99);
  }
  return row;
}

function countAnswers({ latenciesMs: { announce, find, signal } }: MessageReport): number {
  return announce.length + find.length + signal.length;
}

function countRefused({ refused }: MessageReport): number {
  return Object.values(refused).reduce((total, count) => total + count, 0);
}

/** The tracker tells whether its books are empty; a bare server keeps none. */
async function whenLeft(arm: Arm, { url }: LoadServer): Promise<void> {
  await wait(500);
  if (arm === 'bare') return;
  const startedMs = performance.now();
  for (;;) {
    const health = await (await fetch(`${url}/healthz`)).text();
    if (/"sockets":0,.*"swarms":0,.*"holdings":0/u.test(health)) return;
    if (performance.now() - startedMs > CLOSED_TIMEOUT_MS) {
      throw new Error(`everybody has left, but the tracker says ${health}`);
    }
    await wait(100);
  }
}
