import type { TrackerClient } from '../../../shared/swarm/ports/tracker-client.ts';

/** The tracker, and whether it can be reached now. */
export interface ObservedTracker extends TrackerClient {
  readonly status: 'connecting' | 'up' | 'down';
  subscribe: (listener: () => void) => () => void;
}
