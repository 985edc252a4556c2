import { expect, test } from 'vitest';
import type { Signal } from '../../shared/swarm/ports/transport.ts';
import { toPortSignal, toSimplePeerSignal } from './simple-peer-signal.ts';

test.each<Signal>([
  { type: 'offer', sdp: 'v=0' },
  { type: 'answer', sdp: 'v=0' },
  {
    type: 'candidate',
    candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host',
    sdpMid: '0',
    sdpMLineIndex: 0,
  },
])('a $type survives the way to simple-peer and back', (signal) => {
  expect(toPortSignal(toSimplePeerSignal(signal))).toEqual(signal);
});

test.each([
  ['a request to renegotiate', { type: 'renegotiate', renegotiate: true }],
  ['a request for a transceiver', { type: 'transceiverRequest', transceiverRequest: {} }],
  ['an offer without a description', { type: 'offer' }],
  ['nothing', null],
])('case P21; S4: %s is not passed on', (_, data) => {
  expect(toPortSignal(data)).toBeUndefined();
});

test('S8: a description loses its lines of feedback and nothing else', () => {
  const sdp = [
    'v=0',
    'm=video 9 UDP/TLS/RTP/SAVPF 120',
    'a=rtcp-fb:120 nack',
    'a=rtcp-fb:121 nack pli',
    'a=rtcp-mux',
    'a=x:a=rtcp-fb:120 nack',
    '',
  ];
  expect(toPortSignal({ type: 'offer', sdp: sdp.join('\r\n') })).toEqual({
    type: 'offer',
    sdp: sdp.filter((line) => !line.startsWith('a=rtcp-fb:')).join('\r\n'),
  });
});
