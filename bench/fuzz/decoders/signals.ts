import type { Bytes } from '../../../shared/share/bytes.ts';
import type { VectorShare } from '../../../shared/share/vector-share.test-helper.ts';
import type { SignalEnvelope } from '../../../shared/swarm/signal-envelope.ts';
import type { Decoder } from '../decoder.ts';
import { equalBytes, utf8 } from '../../../shared/share/bytes.ts';
import { openSignal } from '../../../shared/share/signal-sealing.ts';
import { decodeEnvelope, encodeEnvelope } from '../../../shared/swarm/signal-envelope.ts';
import { isDataDescription } from '../../../shared/swarm/data-description.ts';
import { findFingerprints } from '../../../web/transport/sdp-fingerprints.ts';
import { accepted, judged, mustHold, refused, REFUSED } from '../decoder.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { mutateJson } from '../mutate-json.ts';
import { readText } from '../read-text.ts';

const DATA = 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel';
const IDLE_VIDEO = 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\na=inactive';
const HEAD = 'v=0\r\no=- 4611 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0';
const FINGERPRINT = `a=fingerprint:sha-256 ${'AB:'.repeat(31)}CD`;
const DESCRIPTIONS = [
  `${HEAD}\r\n${DATA}\r\nc=IN IP4 0.0.0.0\r\n${FINGERPRINT}\r\na=setup:actpass\r\na=mid:0\r\na=sctp-port:5000\r\n`,
  `${HEAD}\n${FINGERPRINT}\n${DATA}\na=max-message-size:262144\n`,
  `${HEAD}\r\n${IDLE_VIDEO}\r\n${DATA}\r\n${FINGERPRINT}\r\n`,
  `${HEAD}\r\n${DATA}\r\n${FINGERPRINT}\r\n${IDLE_VIDEO}\r\n`,
];
const CANDIDATE = 'candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host';
const ENVELOPES: readonly SignalEnvelope[] = [
  ...DESCRIPTIONS.map((sdp, i): SignalEnvelope => {
    return { dialId: 'abcDEF-_0123', signal: { type: i % 2 === 0 ? 'offer' : 'answer', sdp } };
  }),
  ...([null, '0'] as const).map((sdpMid): SignalEnvelope => {
    const sdpMLineIndex = sdpMid === null ? 0 : null;
    const signal = { type: 'candidate', candidate: CANDIDATE, sdpMid, sdpMLineIndex } as const;
    return { dialId: '0'.repeat(32), signal };
  }),
];
const LINES = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'M=video 9 x',
  ' m=video 9 x',
  DATA,
  'a=inactive',
  'a=sendrecv',
  'A=SENDRECV',
  'a= recvonly',
  FINGERPRINT,
  'a=fingerprint:sha-256 ',
  'a=max-message-size:0',
  `a=${CANDIDATE}\r\n`.repeat(11),
];
const ENDS = ['\r\n', '\n', '\r', '\0', '\u000b', '\u0085', '\u2028', '\u2029', '\ufeff'];
const DESCRIPTION_PARTS = [...LINES.flatMap((line) => ENDS.map((end) => line + end)), ...ENDS].map(
  utf8,
);
const ENVELOPE_PARTS = [
  '"type":"renegotiate","renegotiate":true,',
  '"transceiverRequest":{"kind":"audio"},',
  '"type":"rollback",',
  '"type":"pranswer",',
  '"__proto__":{"type":"offer"},',
  '\\r',
  '\\n',
  '\\u2028',
  '\\u0000',
  'm=audio 9 x',
  '\ufeff',
  '[[[[',
].map(utf8);

/** What comes from another peer through the tracker, sealed and opened. */
export function createSignalDecoders(share: VectorShare): readonly Decoder[] {
  return [createSealedDecoder(share), ENVELOPE_DECODER, DESCRIPTION_DECODER, FINGERPRINT_DECODER];
}

function createSealedDecoder({ keys, shareId, signal }: VectorShare): Decoder {
  return {
    name: 'signal-sealed',
    corpus: [signal.sealed],
    violations: [REFUSED],
    maxOutputBytes: 16 * 1024,
    mutate: (input, other, random) => mutateBytes(input, other, random),
    async judge(input) {
      const opened = await openSignal(keys.signal, shareId, signal.from, signal.to, input);
      mustHold(
        (opened !== undefined) === equalBytes(input, signal.sealed),
        'S1: what a member sealed opens, and nothing else',
      );
      return judged(opened);
    },
  };
}

const ENVELOPE_DECODER: Decoder = {
  name: 'signal-envelope',
  corpus: ENVELOPES.map(encodeEnvelope),
  violations: [REFUSED],
  maxOutputBytes: 32 * 1024,
  mutate: (input, other, random) =>
    random.below(2) === 0
      ? mutateBytes(input, other, random, ENVELOPE_PARTS)
      : mutateJson(input, other, random),
  judge(input) {
    const envelope = decodeEnvelope(input);
    if (envelope !== undefined) checkEnvelope(envelope);
    return judged(envelope);
  },
};

const DESCRIPTION_DECODER: Decoder = {
  name: 'data-description',
  corpus: DESCRIPTIONS.map(utf8),
  violations: [REFUSED],
  maxOutputBytes: 1024 * 1024,
  mutate: mutateDescription,
  judge(input) {
    const sdp = readText(input);
    if (!isDataDescription(sdp)) return refused(REFUSED);
    checkDescription(sdp);
    return accepted(sdp);
  },
};

/** It takes any text; what it finds must be there. */
const FINGERPRINT_DECODER: Decoder = {
  name: 'fingerprints',
  corpus: DESCRIPTIONS.map(utf8),
  violations: [],
  maxOutputBytes: 1024 * 1024,
  mutate: mutateDescription,
  judge(input) {
    // A description is at most so long when it gets here.
    const sdp = readText(input).slice(0, 7 * 1024);
    const found = findFingerprints(sdp);
    const lines = sdp.split(/[\r\n\u2028\u2029]/).map((line) => line.trimEnd());
    const written = lines
      .filter((line) => /^a=fingerprint:./s.test(line))
      .map((line) => line.slice('a=fingerprint:'.length));
    mustHold(
      [...new Set(written)].toSorted().join('\n') === found.join('\n'),
      'A4: every fingerprint, each once',
    );
    return accepted(found);
  },
};

function mutateDescription(...[input, other, random]: Parameters<Decoder['mutate']>): Bytes {
  return mutateBytes(input, other, random, DESCRIPTION_PARTS);
}

/** What S3 and S4 say, in other words than the decoder's. */
function checkEnvelope(envelope: SignalEnvelope): void {
  const { dialId, signal } = envelope;
  mustHold(/^[A-Za-z0-9_-]{8,32}$/.test(dialId), 'S3: dial ID');
  mustHold(
    JSON.stringify(decodeEnvelope(encodeEnvelope(envelope))) === JSON.stringify(envelope),
    'S3: what was read is written and read again',
  );
  const fields = Object.keys(signal).toSorted().join();
  if (signal.type === 'candidate') {
    mustHold(fields === 'candidate,sdpMLineIndex,sdpMid,type', 'S3: fields of a candidate');
    mustHold(signal.candidate.length <= 512, 'S4: length of a candidate');
    mustHold((signal.sdpMid?.length ?? 0) <= 32, 'S4: sdpMid');
    mustHold(signal.sdpMLineIndex === null || signal.sdpMLineIndex === 0, 'S4: sdpMLineIndex');
    return;
  }
  mustHold(fields === 'sdp,type', 'S3: fields of a description');
  mustHold(signal.type === 'offer' || signal.type === 'answer', 'S4: offers and answers');
  mustHold(signal.sdp.length <= 7168, 'S4: length of a description');
  checkDescription(signal.sdp);
}

/** Read as laxly as the laxest browser may: any case, and blanks before it. */
function checkDescription(sdp: string): void {
  mustHold(!/[^\P{Cc}\r\n]|\p{Zl}|\p{Zp}|\r(?!\n)/u.test(sdp), 'S4: no other end of a line');
  const lines = sdp.split(/[\r\n]+/).map((line) => line.trimStart());
  const sections = lines.filter((line) => /^m=/i.test(line)).map((line) => line.toLowerCase());
  const data = sections.filter((line) => line.startsWith('m=application '));
  const video = sections.filter((line) => line.startsWith('m=video '));
  mustHold(data.length === 1 && video.length <= 1, 'S4: one section of data, and one of video');
  mustHold(sections.length === data.length + video.length, 'S4: no other section');
  const at = lines.findIndex((line) => /^m=video /i.test(line));
  if (at === -1) return;
  const [, ...rest] = lines.slice(at);
  const end = rest.findIndex((line) => /^m=/i.test(line));
  const section = end === -1 ? rest : rest.slice(0, end);
  const directions = section.filter((line) => /^a=\s*(?:send|recv|inactive)/i.test(line));
  mustHold(directions.join() === 'a=inactive', 'S4: video through which nothing is sent');
}
