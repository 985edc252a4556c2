import type { Geometry } from '../../shared/share/geometry.ts';
import type { Fault } from './fault-plan.ts';

/** A liar claims everything, and every block that it sends is false. */
export type HostRole = 'sharer' | 'leecher' | 'liar';

export interface HostPlan {
  readonly role: HostRole;
  readonly uplinkBytesPerSecond: number;
  /** From this host to the middle of the network. */
  readonly latencyMs: number;
  readonly joinsAtMs: number;
}

/** Everything about one run; with the same scenario and seed every run is the same. */
export interface Scenario {
  readonly seed: number;
  readonly geometry: Geometry;
  readonly hosts: readonly HostPlan[];
  /** Of a hundred pairs of leechers, how many can never connect. */
  readonly refusedPairsPercent: number;
  readonly faults: readonly Fault[];
  /** From then on nothing fails any more. */
  readonly faultsEndMs: number;
}

/** So many equal pieces, and a last one of one byte less, so that lengths matter. */
export function createGeometry(pieceCount: number, pieceSize: number): Geometry {
  return { pieceCount, pieceSize, streamLength: pieceCount * pieceSize - 1 };
}

export interface FlashCrowd {
  readonly seed: number;
  readonly leecherCount: number;
  readonly uplinkBytesPerSecond: number;
  readonly latencyMs: number;
  readonly geometry: Geometry;
}

/** One sharer and equal leechers that all start together. */
export function createFlashCrowd(crowd: FlashCrowd): Scenario {
  const { seed, geometry, leecherCount, uplinkBytesPerSecond, latencyMs } = crowd;
  const host = (role: HostRole): HostPlan => ({
    role,
    uplinkBytesPerSecond,
    latencyMs,
    joinsAtMs: 0,
  });
  const leechers = Array.from({ length: leecherCount }, () => host('leecher'));
  return {
    seed,
    geometry,
    hosts: [host('sharer'), ...leechers],
    refusedPairsPercent: 0,
    faults: [],
    faultsEndMs: 0,
  };
}

/** Least time in which everybody can have everything (Kumar and Ross 2006), downlinks being no limit. */
export function computeFluidBoundMs({ geometry, hosts }: Scenario): number {
  const uplinks = hosts.map((host) => host.uplinkBytesPerSecond);
  const leecherCount = hosts.filter(({ role }) => role === 'leecher').length;
  const total = uplinks.reduce((sum, uplink) => sum + uplink, 0);
  const seconds = Math.max(
    geometry.streamLength / (uplinks[0] ?? 0),
    (leecherCount * geometry.streamLength) / total,
  );
  return seconds * 1_000;
}
