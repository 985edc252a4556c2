import type { TrackerClient } from '../../../shared/swarm/ports/tracker-client.ts';

/** The tracker, and whether it can be reached now. */
export interface ObservedTracker extends TrackerClient {
  readonly status: 'connecting' | 'up' | 'down';
  /** Whether it has a TURN server for its pages, as far as it has said. */
  readonly offersRelay: boolean;
  subscribe: (listener: () => void) => () => void;
}
