import type { Signal } from '../../shared/swarm/ports/transport.ts';

const FEEDBACK_LINES = /^a=rtcp-fb:.*\r?\n/gm;

/** simple-peer's own signal shapes as the port's; its requests to renegotiate are not ours to pass on. */
export function toPortSignal(data: unknown): Signal | undefined {
  if (!isRecord(data)) return undefined;
  const { type, sdp, candidate } = data;
  if (type === 'offer' || type === 'answer') {
    return typeof sdp === 'string' ? { type, sdp: omitFeedback(sdp) } : undefined;
  }
  if (!isRecord(candidate) || typeof candidate['candidate'] !== 'string') return undefined;
  const { sdpMid, sdpMLineIndex } = candidate;
  return {
    type: 'candidate',
    candidate: candidate['candidate'],
    sdpMid: typeof sdpMid === 'string' ? sdpMid : null,
    sdpMLineIndex: typeof sdpMLineIndex === 'number' ? sdpMLineIndex : null,
  };
}

/** S8: Firefox names the feedback of codecs that it does not offer, and Chromium refuses such a description. */
function omitFeedback(sdp: string): string {
  return sdp.replace(FEEDBACK_LINES, '');
}

export function toSimplePeerSignal(signal: Signal): unknown {
  if (signal.type !== 'candidate') return signal;
  const { type, ...candidate } = signal;
  return { type, candidate };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
