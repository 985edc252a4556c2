import type { Signal } from '../../shared/swarm/ports/transport.ts';

/** Where a relayed candidate says from which address it was asked for: browsers differ in what they put there. */
const RELATED_ADDRESS = / raddr \S+ rport \d+/g;
const NO_ADDRESS = ' raddr 0.0.0.0 rport 9';
const CANDIDATE_LINE = /^a=candidate:.*\r?\n/gm;

/** The signal without an address of this browser's own; undefined where nothing but that is in it. */
export function hideAddress(signal: Signal): Signal | undefined {
  if (signal.type !== 'candidate') {
    const keepRelayed = (line: string): string => (isRelayed(line) ? line : '');
    const sdp = signal.sdp
      .replace(CANDIDATE_LINE, keepRelayed)
      .replace(RELATED_ADDRESS, NO_ADDRESS);
    return { ...signal, sdp };
  }
  // An empty one says that there are no more.
  if (signal.candidate !== '' && !isRelayed(signal.candidate)) return undefined;
  return { ...signal, candidate: signal.candidate.replace(RELATED_ADDRESS, NO_ADDRESS) };
}

function isRelayed(candidate: string): boolean {
  return / typ relay\b/.test(candidate);
}
