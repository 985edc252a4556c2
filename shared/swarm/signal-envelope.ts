import type { Bytes } from '../share/bytes.ts';
import type { Signal } from './ports/transport.ts';
import { utf8 } from '../share/bytes.ts';
import { isDataDescription } from './data-description.ts';

const MAX_SDP_LENGTH = 7 * 1024;
const MAX_CANDIDATE_LENGTH = 512;
const DIAL_ID_PATTERN = /^[\w-]{8,32}$/;

/** A signal and the dial it belongs to, so that what is left of an earlier attempt is told apart. */
export interface SignalEnvelope {
  readonly dialId: string;
  readonly signal: Signal;
}

export function encodeEnvelope(envelope: SignalEnvelope): Bytes {
  return utf8(JSON.stringify(envelope));
}

/** Undefined for anything but a data-channel offer, answer or candidate of sensible size. */
export function decodeEnvelope(bytes: Bytes): SignalEnvelope | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
  if (!isRecord(parsed) || !isRecord(parsed['signal'])) return undefined;
  const { dialId } = parsed;
  if (typeof dialId !== 'string' || !DIAL_ID_PATTERN.test(dialId)) return undefined;
  const signal = decodeSignal(parsed['signal']);
  return signal === undefined ? undefined : { dialId, signal };
}

function decodeSignal(fields: Readonly<Record<string, unknown>>): Signal | undefined {
  const { type, sdp, candidate, sdpMid, sdpMLineIndex } = fields;
  if (type === 'offer' || type === 'answer') {
    if (typeof sdp !== 'string' || sdp.length > MAX_SDP_LENGTH) return undefined;
    return isDataDescription(sdp) ? { type, sdp } : undefined;
  }
  if (type !== 'candidate' || typeof candidate !== 'string') return undefined;
  if (candidate.length > MAX_CANDIDATE_LENGTH) return undefined;
  if (sdpMid !== null && (typeof sdpMid !== 'string' || sdpMid.length > 32)) return undefined;
  if (sdpMLineIndex !== null && sdpMLineIndex !== 0) return undefined;
  // Browsers throw for a candidate of no section.
  if (sdpMid === null && sdpMLineIndex === null) return undefined;
  return { type, candidate, sdpMid, sdpMLineIndex };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
