import type { Geometry } from '../../shared/share/geometry.ts';
import type { HostPlan } from './scenario.ts';
import { computeFluidBoundS } from '../fluid-bound.ts';
import { isDownloader } from './scenario.ts';

/** The bound for planned hosts: whoever is not honest is counted on for nothing. Exact where all stay to the end. */
export function computeFluidBoundMs(
  { streamLength }: Geometry,
  hosts: readonly HostPlan[],
): number {
  const sharer = hosts.find(({ role }) => role === 'sharer');
  const leechers = hosts.filter(isDownloader).map((host) => ({
    upBytesPerSecond: host.role === 'leecher' ? host.uplinkBytesPerSecond : 0,
    downBytesPerSecond: host.downlinkBytesPerSecond,
  }));
  const sharerUpBytesPerSecond = sharer?.uplinkBytesPerSecond ?? 0;
  const seconds = computeFluidBoundS({
    fileBytes: streamLength,
    sharerUpBytesPerSecond,
    leechers,
  });
  return seconds * 1_000;
}
