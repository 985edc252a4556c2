import { expect, test } from 'vitest';
import { findFingerprints } from './sdp-fingerprints.ts';

test('A4: every fingerprint line counts, at session and at media level, whatever ends the line', () => {
  const sdp = [
    'v=0',
    'a=fingerprint:sha-256 BB:02',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'a=fingerprint:sha-256 AA:01',
    'a=fingerprint:sha-256 BB:02',
    '',
  ].join('\r\n');
  expect(findFingerprints(sdp)).toEqual(['sha-256 AA:01', 'sha-256 BB:02']);
  expect(findFingerprints(sdp.replaceAll('\r\n', '\n'))).toEqual([
    'sha-256 AA:01',
    'sha-256 BB:02',
  ]);
  expect(findFingerprints(undefined)).toEqual([]);
});
