import type { RunnerEvents } from '../../shared/swarm/runner-options.ts';
import type { SwarmCounts } from './card-transfer.ts';
import type { LiveShareEvents } from './live-share-parts.ts';
import { countHolders } from './card-transfer.ts';
import { PROBLEMS } from './problems.ts';

type TrackerReport = Pick<RunnerEvents, 'onAnnounceRefused' | 'onFound' | 'onEnd'>;

/** Hands on what the tracker says of a share to those whom it concerns. */
export function createTrackerReport(
  { onNotice, onEnd }: Pick<LiveShareEvents, 'onNotice' | 'onEnd'>,
  onCounts: (counts: SwarmCounts) => void,
): TrackerReport {
  return {
    onEnd,
    onFound: (result) => {
      if (result.kind === 'found') onCounts(countHolders(result));
      if ('end' in result && result.end !== undefined) onEnd(result.end);
    },
    onAnnounceRefused: (code, end) => {
      if (code !== 'ended') onNotice(PROBLEMS.trackerRefused);
      else if (end !== undefined) onEnd(end);
    },
  };
}
