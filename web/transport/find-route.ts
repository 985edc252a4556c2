import type { Route } from '../../shared/swarm/ports/transport.ts';

/** What is read of a report's entries; browsers name them alike, but do not all give each of them. */
interface Entry {
  readonly type?: string;
  readonly selectedCandidatePairId?: string;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: string;
  readonly state?: string;
  readonly nominated?: boolean;
}

/** Of the pair of addresses that is in use: relayed where either is a TURN server's. */
export function findRoute(report: ReadonlyMap<string, Entry>): Route | undefined {
  const pair = findSelectedPair(report);
  const ends = [pair?.localCandidateId, pair?.remoteCandidateId];
  const kinds = new Set(ends.map((id) => report.get(id ?? '')?.candidateType));
  if (kinds.has('relay')) return 'relayed';
  return kinds.has(undefined) ? undefined : 'direct';
}

function findSelectedPair(report: ReadonlyMap<string, Entry>): Entry | undefined {
  const entries = [...report.values()];
  const selectedId = entries.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
  if (selectedId !== undefined) return report.get(selectedId);
  // Firefox has no transport to name it.
  return entries.find(
    ({ type, nominated, state }) =>
      type === 'candidate-pair' && nominated === true && state === 'succeeded',
  );
}
