import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/**
 * Whom to count a connection for: an IPv4 address, or an IPv6 network of 64 bits, as one household has.
 * `proxyHops` is how many proxies of ours stand in front; each appends one address to X-Forwarded-For, so only
 * that many from the right can be believed, and none where there is no proxy.
 */
export function computeRemoteKey(request: IncomingMessage, proxyHops: number): string {
  return computeAddressKey(readAddress(request, proxyHops));
}

function readAddress(request: IncomingMessage, proxyHops: number): string {
  const direct = request.socket.remoteAddress ?? 'unknown';
  if (proxyHops === 0) return direct;
  const header = request.headers['x-forwarded-for'];
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  const forwarded = text.split(',').map((address) => address.trim());
  return forwarded.at(-proxyHops) || direct;
}

/** Brings an address to the form it is counted by. */
export function computeAddressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? `${expandIPv6(address).slice(0, 4).join(':')}::/64` : address;
}

function expandIPv6(address: string): string[] {
  const [withoutZone = ''] = address.split('%');
  const [head = '', tail] = withoutZone.split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16).toString(16));
}
