import type { Geometry } from '../../shared/share/geometry.ts';
import type { HostPlan } from './scenario.ts';
import { isDownloader } from './scenario.ts';

/**
 * Least time in which everybody can have everything, were it a fluid (Kumar and Ross 2006): the sharer has to send
 * all of it, the slowest has to receive all of it, and all honest uplinks together have to send it to everybody.
 * Exact where all are there from the beginning to the end.
 */
export function computeFluidBoundMs(geometry: Geometry, hosts: readonly HostPlan[]): number {
  const { streamLength } = geometry;
  const sharer = hosts.find(({ role }) => role === 'sharer');
  const downloaders = hosts.filter(isDownloader);
  const slowest = Math.min(...downloaders.map((host) => host.downlinkBytesPerSecond));
  const uplinks = hosts.filter(({ role }) => role === 'sharer' || role === 'leecher');
  const total = uplinks.reduce((sum, host) => sum + host.uplinkBytesPerSecond, 0);
  const seconds = Math.max(
    streamLength / (sharer?.uplinkBytesPerSecond ?? 0),
    streamLength / slowest,
    (downloaders.length * streamLength) / total,
  );
  return seconds * 1_000;
}
