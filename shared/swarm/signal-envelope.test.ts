import type { SignalEnvelope } from './signal-envelope.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../share/bytes.ts';
import { decodeEnvelope, encodeEnvelope } from './signal-envelope.ts';

const DIAL_ID = 'abcDEF-_0123';
const DATA = 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel';
const VIDEO = 'm=video 9 UDP/TLS/RTP/SAVPF 96';
const OFFER = { type: 'offer', sdp: `v=0\r\n${DATA}\r\n` } as const;
const ADDRESS = 'a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n';
const CANDIDATE = { type: 'candidate', candidate: '', sdpMid: '0', sdpMLineIndex: 0 } as const;

test.each<SignalEnvelope['signal']>([
  OFFER,
  { ...OFFER, type: 'answer' },
  { ...OFFER, sdp: `v=0\r\n${VIDEO}\r\na=inactive\r\n${DATA}\r\n` },
  { ...OFFER, sdp: `v=0\r\n${DATA}\r\n${VIDEO}\r\na=mid:1\r\na=inactive\r\n` },
  CANDIDATE,
  { ...CANDIDATE, sdpMid: null },
  { ...CANDIDATE, sdpMLineIndex: null },
  { ...OFFER, sdp: [OFFER.sdp, ...Array.from({ length: 20 }, () => ADDRESS)].join('') },
])('S3: %o comes back as it was', (signal) => {
  const envelope = { dialId: DIAL_ID, signal };
  expect(decodeEnvelope(encodeEnvelope(envelope))).toEqual(envelope);
});

test('what else an envelope carries is left behind', () => {
  const fields = `"__proto__":{"type":"answer"},"renegotiate":true,"candidate":"x"`;
  const offer = JSON.stringify(OFFER).slice(1);
  const text = `{"more":1,"signal":{${fields},${offer},"dialId":"${DIAL_ID}"}`;
  expect(decodeEnvelope(utf8(text))).toEqual({ dialId: DIAL_ID, signal: OFFER });
});

describe('refused', () => {
  test.each([
    ['no dial', { signal: OFFER }],
    ['a dial of 7 characters', { dialId: 'abcdefg', signal: OFFER }],
    ['a dial of 33 characters', { dialId: 'a'.repeat(33), signal: OFFER }],
    ['a dial with blanks', { dialId: 'abcd efgh', signal: OFFER }],
    ['a dial that is a number', { dialId: 12_345_678, signal: OFFER }],
    ['no signal', { dialId: DIAL_ID }],
    ['a list', [DIAL_ID, OFFER]],
    ['nothing', null],
    ['a list as signal', { dialId: DIAL_ID, signal: [OFFER] }],
    ['case P21; S4: a request to renegotiate', of({ type: 'renegotiate', renegotiate: true })],
    ['case P21; S4: a request for a transceiver', of({ type: 'transceiverRequest' })],
    ['a rollback', of({ ...OFFER, type: 'rollback' })],
    ['an offer with no description', of({ type: 'offer' })],
    ['S4: no section', sdp('v=0')],
    ['case P21; S4: audio', sdp('m=audio 9 UDP/TLS/RTP/SAVPF 111')],
    ['S4: video that says nothing of its direction', sdp(DATA, VIDEO)],
    ['S4: video that is sent', sdp(DATA, VIDEO, 'a=sendonly')],
    ['S4: video that is wanted', sdp(VIDEO, 'a=recvonly', DATA)],
    ['S4: video both idle and not', sdp(VIDEO, 'a=inactive', 'a=sendrecv', DATA)],
    ['S4: video idle only before its section', sdp('a=inactive', VIDEO, DATA)],
    [
      'S4: a direction that some browsers read, in other letters',
      sdp(VIDEO, 'a=inactive', 'a=SENDRECV', DATA),
    ],
    ['S4: a direction with more behind it', sdp(VIDEO, 'a=inactive', 'a=sendrecvs', DATA)],
    ['S4: a direction that is the end of another line', sdp(DATA, VIDEO, 'a=x:\ra=inactive')],
    ['S4: data that is the end of another line', sdp(VIDEO, 'a=inactive', `a=x\r${DATA}`)],
    ['S4: a line with a zero in it', sdp(DATA, VIDEO, 'a=inactive\0')],
    ['S4: idle video alone', sdp(VIDEO, 'a=inactive')],
    ['case P21; S4: idle video twice', sdp(DATA, VIDEO, 'a=inactive', VIDEO, 'a=inactive')],
    ['S4: idle audio', sdp(DATA, 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=inactive')],
    ['S4: data twice', sdp(DATA, DATA)],
    ['S4: video behind a bare line feed', of({ ...OFFER, sdp: `${DATA}\nm=video 9 x` })],
    ['S4: video behind a bare carriage return', of({ ...OFFER, sdp: `${DATA}\rm=video 9 x` })],
    ['a description above 7 KiB', sdp(DATA, 'a='.padEnd(7 * 1024, 'x'))],
    ['a candidate above 512 characters', of({ ...CANDIDATE, candidate: 'x'.repeat(513) })],
    ['a candidate that is no text', of({ ...CANDIDATE, candidate: {} })],
    ['a candidate for another section', of({ ...CANDIDATE, sdpMLineIndex: 1 })],
    ['a candidate for a long section', of({ ...CANDIDATE, sdpMid: '0'.repeat(33) })],
    ['a candidate for none', of({ type: 'candidate', candidate: 'x' })],
    [
      'case P21; S4: a candidate of no section by name or number',
      of({ ...CANDIDATE, sdpMid: null, sdpMLineIndex: null }),
    ],
    [
      'case P21; S4: 21 candidates in a description',
      sdp(DATA, ...Array.from({ length: 21 }, () => ADDRESS.trim())),
    ],
    [
      'case P21; S4: 21 candidates, some as only some browsers read them',
      sdp(
        DATA,
        ...Array.from({ length: 21 }, (_, i) => (i > 9 ? ' A= CANDIDATE:1' : ADDRESS.trim())),
      ),
    ],
  ])('%s', (_, envelope) => {
    expect(decode(envelope)).toBeUndefined();
  });

  test.each([
    ['nothing at all', new Uint8Array()],
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0x7b)],
    ['a text that ends too soon', encodeEnvelope({ dialId: DIAL_ID, signal: OFFER }).slice(0, -1)],
    ['100,000 brackets', utf8('['.repeat(100_000))],
  ])('%s', (_, bytes) => {
    expect(decodeEnvelope(bytes)).toBeUndefined();
  });
});

test('S3, S4: any bytes give undefined or an envelope that is valid, and throw nothing', () => {
  const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes));
  fc.assert(fc.property(anyBytes, (bytes) => expectValid(decodeEnvelope(bytes))));
});

test('S3, S4: any JSON gives undefined or an envelope that is valid', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom(DIAL_ID, OFFER.sdp, 'offer', 'candidate'));
  const field = fc.oneof(text, fc.constantFrom(null, 0, 1, true), fc.jsonValue());
  const signal = fc.record(
    { type: field, sdp: field, candidate: field, sdpMid: field, sdpMLineIndex: field },
    { requiredKeys: [] },
  );
  const envelope = fc.record({ dialId: text, signal: fc.oneof(signal, field) });
  fc.assert(fc.property(envelope, (value) => expectValid(decode(value))));
});

test('a changed byte gives undefined or an envelope that is valid', () => {
  const good = [OFFER, CANDIDATE].map((signal) => encodeEnvelope({ dialId: DIAL_ID, signal }));
  fc.assert(
    fc.property(fc.constantFrom(...good), fc.nat(), fc.nat(255), (bytes, at, value) => {
      const changed = bytes.slice();
      changed[at % changed.byteLength] = value;
      expectValid(decodeEnvelope(changed));
    }),
  );
});

function of(signal: unknown): unknown {
  return { dialId: DIAL_ID, signal };
}

function sdp(...lines: readonly string[]): unknown {
  return of({ ...OFFER, sdp: lines.join('\r\n') });
}

function decode(value: unknown): SignalEnvelope | undefined {
  return decodeEnvelope(utf8(JSON.stringify(value)));
}

/** Said anew in other words, so that a rule dropped there shows here. */
function expectValid(envelope: SignalEnvelope | undefined): void {
  if (envelope === undefined) return;
  const { dialId, signal } = envelope;
  expect(dialId).toMatch(/^[A-Za-z0-9_-]{8,32}$/);
  if (signal.type === 'candidate') {
    expect(Object.keys(signal).toSorted()).toEqual([
      'candidate',
      'sdpMLineIndex',
      'sdpMid',
      'type',
    ]);
    expect(signal.candidate.length).toBeLessThanOrEqual(512);
    expect([null, 0]).toContain(signal.sdpMLineIndex);
    expect(signal.sdpMid ?? signal.sdpMLineIndex).not.toBeNull();
  } else {
    expect(['offer', 'answer']).toContain(signal.type);
    expect(Object.keys(signal).toSorted()).toEqual(['sdp', 'type']);
    expect(signal.sdp).not.toMatch(/\r(?!\n)/);
    const lines = signal.sdp.split(/\r?\n/);
    expect(lines.filter((line) => line.startsWith('m=application '))).toHaveLength(1);
    const others = lines.filter((line) => /^m=(?!application )/.test(line));
    expect(others.length).toBeLessThanOrEqual(1);
    if (others.length > 0) expect(lines).toContain('a=inactive');
    expect(signal.sdp.length).toBeLessThanOrEqual(7 * 1024);
  }
}
