import { MapPieceStore } from '../../shared/swarm/map-piece-store.test-helper.ts';
import { MemoryTracker } from '../../shared/swarm/memory-tracker.test-helper.ts';
import { PeerifyApp } from './app.ts';
import type { FakeProfile } from './fake-profile.test-helper.ts';

/** The page in a new tab, with a fragment in its address. It reaches the tracker, and no peers. */
export function openApp(
  profile: FakeProfile,
  { fragment = '', tabMemory = new Set<string>(), tab = profile.openTab() } = {},
): PeerifyApp {
  const sharerParts = {
    setFiles: () => {},
    wantAllKept: () => {},
    keepMore: async () => false,
  };
  return new PeerifyApp({
    tracker: Object.assign(new MemoryTracker(), {
      status: 'up' as const,
      subscribe: () => () => {},
    }),
    findTransport: () => Promise.reject(new Error('not in this test')),
    stores: {
      pieces: () => new MapPieceStore(),
      sharer: () => Object.assign(new MapPieceStore(), sharerParts),
      clear: async () => {},
    },
    saver: { canSave: async () => true, save: async () => {} },
    clock: profile.clock,
    records: profile.records,
    keptFiles: { read: async () => undefined, ask: async () => false },
    browser: {
      ...tab.locks,
      origin: 'https://peerify.example',
      fragment: () => fragment,
      setFragment: () => {},
      onFragmentChange: () => {},
      copy: async () => true,
      epochMs: () => 1,
      seed: () => 1,
      openChannel: (name, hear) => profile.openChannel(name, hear),
      tabMemory,
      measureRoom: async () => undefined,
      requestPersistence: () => {},
    },
  });
}

export function shownBy(app: PeerifyApp): readonly string[] {
  return app.state().cards.map(({ key, status }) => `${key} ${status.kind}`);
}
