import { describe, expect, test } from 'vitest';
import type { HostPlan, HostRole } from './scenario.ts';
import { computeFluidBoundMs } from './fluid-bound.ts';
import { PLAIN_HOST, createGeometry } from './scenario.ts';

const GEOMETRY = { ...createGeometry(1, 1), streamLength: 10_000_000 };

function host(role: HostRole, uplink: number, downlink = Infinity): HostPlan {
  return {
    ...PLAIN_HOST,
    role,
    uplinkBytesPerSecond: uplink,
    downlinkBytesPerSecond: downlink,
  };
}

describe('the fluid bound is what is scarcest', () => {
  test('the sharer’s uplink', () => {
    const hosts = [host('sharer', 1e6), host('leecher', 9e6), host('leecher', 9e6)];
    expect(computeFluidBoundMs(GEOMETRY, hosts)).toBe(10_000);
  });

  test('the slowest downlink', () => {
    const hosts = [host('sharer', 9e6), host('leecher', 9e6, 5e5), host('leecher', 9e6)];
    expect(computeFluidBoundMs(GEOMETRY, hosts)).toBe(20_000);
  });

  test('all uplinks together, to which liars, drippers and free riders add nothing', () => {
    const hosts = [host('sharer', 2e6), host('leecher', 1e6), host('free-rider', 9e6)];
    const others = [host('liar', 9e6), host('dripper', 9e6)];
    expect(computeFluidBoundMs(GEOMETRY, [...hosts, ...others])).toBeCloseTo(20_000 / 3, 6);
  });
});
