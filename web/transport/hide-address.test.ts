import { describe, expect, test } from 'vitest';
import { hideAddress } from './hide-address.ts';

const OWN = '192.0.2.7';
const RELAYED =
  'candidate:1 1 udp 41885439 203.0.113.9 50001 typ relay raddr 192.0.2.7 rport 40001 generation 0';
const HIDDEN =
  'candidate:1 1 udp 41885439 203.0.113.9 50001 typ relay raddr 0.0.0.0 rport 9 generation 0';
const PLACE = { sdpMid: '0', sdpMLineIndex: 0 };

describe('a signal of a browser that hides its address', () => {
  test('S12: has relayed candidates alone, without the address that they were asked for from', () => {
    expect(hideAddress({ type: 'candidate', candidate: RELAYED, ...PLACE })).toEqual({
      type: 'candidate',
      candidate: HIDDEN,
      ...PLACE,
    });
    for (const kind of ['host', 'srflx', 'prflx']) {
      const candidate = `candidate:1 1 udp 2122 ${OWN} 40001 typ ${kind}`;
      expect(hideAddress({ type: 'candidate', candidate, ...PLACE })).toBeUndefined();
    }
  });

  test('S12: says as before that there are no more', () => {
    const last = { type: 'candidate' as const, candidate: '', ...PLACE };
    expect(hideAddress(last)).toEqual(last);
  });

  test('S12: has no other candidate in its description either, and the rest of that unchanged', () => {
    const start = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n';
    const end = 'a=sctp-port:5000\r\n';
    const own = `a=candidate:1 1 udp 2122 ${OWN} 40001 typ host\r\n`;
    const sdp = `${start}${own}a=${RELAYED}\r\n${own}${end}`;
    expect(hideAddress({ type: 'offer', sdp })).toEqual({
      type: 'offer',
      sdp: `${start}a=${HIDDEN}\r\n${end}`,
    });
  });
});
