import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

import { describe, expect, test } from 'vitest';

import { computeAddressKey, computeRemoteKey } from './remote-address.ts';

function createRequest(remoteAddress: string, forwarded?: string): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
  const request = new IncomingMessage(socket);
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  return request;
}

describe('the address that a connection is counted for', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7'],
    ['0000:0000:0000:0000:0000:ffff:c000:0207', '192.0.2.7'],
    ['::ffff:10.0.0.0', '10.0.0.0'],
    ['192.0.2.7:4711', '192.0.2.7'],
    ['[::ffff:192.0.2.7]:4711', '192.0.2.7'],
    ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:4711', '2001:db8:1:2::/64'],
    ['::ffff:0:192.0.2.7', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('case T20; T12: %s counts as %s', (address, key) => {
    expect(computeAddressKey(address)).toBe(key);
  });

  test('case T20; T12: without a proxy of ours a forwarding header is anybody’s word', () => {
    expect(computeRemoteKey(createRequest('192.0.2.7', '198.51.100.1'), 0)).toBe('192.0.2.7');
  });

  test.each([
    [1, '203.0.113.5'],
    [2, '198.51.100.1'],
    [3, '6.6.6.6'],
    [4, '192.0.2.7'],
  ])(
    'case T20; T12: behind %i proxies the address that the outermost of them saw counts',
    (hops, key) => {
      const request = createRequest('192.0.2.7', '6.6.6.6, 198.51.100.1, 203.0.113.5');
      expect(computeRemoteKey(request, hops)).toBe(key);
    },
  );

  test('case T20: behind a proxy that sends no header the connection itself counts', () => {
    expect(computeRemoteKey(createRequest('192.0.2.7'), 1)).toBe('192.0.2.7');
  });
});
