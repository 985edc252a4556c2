import type { Decoder } from '../decoder.ts';
import { isIPv4, isIPv6 } from 'node:net';
import { utf8 } from '../../../shared/share/bytes.ts';
import { computeAddressKey } from '../../../server/gateway/remote-address.ts';
import { accepted, mustHold } from '../decoder.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { readText } from '../read-text.ts';

const ADDRESSES = [
  '192.0.2.1',
  '::1',
  '2001:db8::1',
  '2001:db8:1:2:3:4:5:6',
  '::ffff:192.0.2.1',
  '::ffff:c000:201',
  'fe80::1%eth0',
  '::ffff:10.0.0.0/8',
];
const INTERESTING = [':', '::', '.', '%', '::ffff:', '255', '0', '/64', ',', ' '].map(utf8);

/** What a proxy put down as a client's address: whatever it is, it is counted under something. */
export const ADDRESS_DECODER: Decoder = {
  name: 'client-address',
  corpus: ADDRESSES.map(utf8),
  violations: [],
  maxOutputBytes: 512 * 1024,
  mutate: (input, other, random) => mutateBytes(input, other, random, INTERESTING),
  judge(input) {
    const address = readText(input);
    const key = computeAddressKey(address);
    mustHold(!isIPv4(address) || key === address, 'T12: an IPv4 address counts by itself');
    mustHold(
      !isIPv6(address) || isIPv4(key) || /^(?:[\da-f]{1,4}:){4}:\/64$/.test(key),
      'T12: an IPv6 address counts by its network of 64 bits',
    );
    return accepted(key);
  },
};
