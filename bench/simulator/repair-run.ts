import type { HostPlan } from './scenario.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { computeSealedLength } from '../../shared/share/geometry.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { PLAIN_HOST, createGeometry } from './scenario.ts';
import { Simulation } from './simulation.ts';

const PIECE_SIZE = 64 * 1024;
const PIECE_COUNT = 256;
const VOLUNTEERS = 6;
const COPIES = 2;
const SETTLED_BY_MS = 600_000;
/** Time for the last gains to be booked and offered anew. */
const SETTLING_MS = 10_000;
/** A browser notices late that the other end is gone; the tracker's connection is closed at once. */
const NOTICED_AFTER_MS = 8_000;

export interface RepairFigures {
  /** From the death until the tracker tells somebody to fetch what is missing. */
  readonly firstOrderMs: number;
  readonly missingMegabytes: number;
  /** From the death until every piece has as many copies again. */
  readonly repairSeconds: number;
  /** What the missing bytes take over the slowest uplink that sent any of them. */
  readonly sendSeconds: number;
  readonly ratio: number;
}

/** Kills one of six volunteers of a settled share, with its sharer there or gone. The same for the same seed. */
export function runRepair(seed: number, isSharerThere: boolean): RepairFigures {
  const random = createRandom(seed);
  const geometry = createGeometry(PIECE_COUNT, PIECE_SIZE);
  const draw = (): HostPlan => ({
    ...PLAIN_HOST,
    role: 'volunteer',
    uplinkBytesPerSecond: 250_000 + random.below(2_000_000),
    latencyMs: 5 + random.below(50),
    offeredBytes: 2 * PIECE_COUNT * computeSealedLength(geometry, 0),
  });
  const hosts = Array.from({ length: 1 + VOLUNTEERS }, draw);
  hosts[0] = { ...draw(), role: 'sharer' };
  const simulation = new Simulation({
    seed,
    geometry,
    hosts,
    copies: COPIES,
    refusedPairsPercent: 0,
    areSourcesReachable: true,
    faults: [],
    faultsEndMs: 0,
  });
  simulation.plan();
  const { queue } = simulation;
  const [sharer, ...volunteers] = simulation.hosts;
  queue.runUntil(SETTLED_BY_MS, () => sharer?.snapshot().copies?.mayClose === true);
  queue.runUntil(queue.nowMs + SETTLING_MS);
  if (!isSharerThere) sharer?.leave(0);
  queue.runUntil(queue.nowMs + SETTLING_MS);
  const killed = volunteers.find(({ held }) => held.count > 0);
  if (killed === undefined) throw new Error('nothing was copied');
  return kill(killed, simulation);
}

function kill(
  killed: SimulatedHost,
  { queue, hosts, tracker, network }: Simulation,
): RepairFigures {
  const holders = hosts.filter(({ plan }) => plan.role === 'volunteer');
  const sentBefore = new Map(hosts.map((host) => [host, host.access.uplink.sentBytes]));
  let missingBytes = 0;
  for (const piece of killed.held.pieces()) {
    missingBytes += computeSealedLength(network.geometry, piece);
  }
  const diedAtMs = queue.nowMs;
  const { orderCount } = tracker.desk;
  let firstOrderMs = Infinity;
  killed.leave(NOTICED_AFTER_MS);
  queue.runUntil(diedAtMs + SETTLED_BY_MS, () => {
    if (firstOrderMs === Infinity && tracker.desk.orderCount > orderCount) {
      firstOrderMs = queue.nowMs - diedAtMs;
    }
    return firstOrderMs < Infinity && areCopiesEnough(holders);
  });
  const used = hosts.filter((host) => host.access.uplink.sentBytes > (sentBefore.get(host) ?? 0));
  const slowest = Math.min(...used.map(({ access }) => access.uplink.bytesPerSecond));
  const repairSeconds = (queue.nowMs - diedAtMs) / 1_000;
  const sendSeconds = missingBytes / slowest;
  const ratio = repairSeconds / sendSeconds;
  const missingMegabytes = missingBytes / 1_000_000;
  return { firstOrderMs, missingMegabytes, repairSeconds, sendSeconds, ratio };
}

function areCopiesEnough(holders: readonly SimulatedHost[]): boolean {
  const there = holders.filter(({ isOnline }) => isOnline);
  const heldCount = there.reduce((sum, { held }) => sum + held.count, 0);
  if (heldCount < COPIES * PIECE_COUNT) return false;
  return Array.from({ length: PIECE_COUNT }, (_, piece) => piece).every(
    (piece) => there.filter(({ held }) => held.has(piece)).length >= COPIES,
  );
}
