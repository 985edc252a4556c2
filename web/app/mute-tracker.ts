import type { TrackerClient } from '../../shared/swarm/ports/tracker-client.ts';

const UNAVAILABLE = { kind: 'unavailable' } as const;

function ignore(): void {}

/** For a share that has ended: what is stored can be read and saved, and no swarm is joined. */
export const MUTE_TRACKER: Pick<TrackerClient, 'join'> = {
  join: () => ({
    announce: async () => UNAVAILABLE,
    announceGained: async () => UNAVAILABLE,
    find: async () => UNAVAILABLE,
    relays: () => [],
    signal: ignore,
    distrust: ignore,
    leave: ignore,
  }),
};
