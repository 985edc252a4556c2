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

/** Brings an address to the form it is counted by, so that no other spelling of it is another one. */
export function computeAddressKey(text: string): string {
  const address = dropPort(text);
  if (!isIPv6(address)) return address;
  const groups = expandIPv6(address);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return groups.slice(6).map(formatTwoBytes).join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** Some proxies name the port as well, which would make each connection an address of its own. */
function dropPort(text: string): string {
  return /^\[(.+)\](?::\d+)?$/u.exec(text)?.[1] ?? /^([\d.]+):\d+$/u.exec(text)?.[1] ?? text;
}

function expandIPv6(address: string): number[] {
  const [withoutZone = ''] = address.split('%');
  const [head = '', tail] = withoutZone.split('::');
  const before = readGroups(head);
  const after = readGroups(tail ?? '');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return [...before, ...zeros, ...after];
}

/** The last 32 bits may be written as an IPv4 address is. */
function readGroups(text: string): number[] {
  const parts = text.split(':').filter(Boolean);
  return parts.flatMap((part) => {
    if (!part.includes('.')) return [Number.parseInt(part, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function formatTwoBytes(group: number): string {
  return `${group >> 8}.${group & 0xff}`;
}
