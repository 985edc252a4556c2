import type { Transport } from '../../shared/swarm/ports/transport.ts';
import type { Browser } from './ports/browser.ts';
import type { KeptFiles } from './ports/kept-files.ts';
import type { SavePlaces } from './ports/saver.ts';
import type { ShareRecord } from './ports/share-records.ts';
import type { ShareStores } from './ports/share-stores.ts';
import type { VolunteerParts } from './volunteering.ts';
import { formatFileId } from '../../shared/share/file-id.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { MapPieceStore } from '../../shared/swarm/map-piece-store.test-helper.ts';
import { MemoryTracker } from '../../shared/swarm/memory-tracker.test-helper.ts';
import { PeerifyApp } from './app.ts';
import { MirroredShare } from './mirrored-share.ts';
import { SharePreview } from './share-preview.ts';
import type { FakeProfile } from './fake-profile.test-helper.ts';

/** What a browser remembers of a paused download, and the fragment of its link. */
export async function createPausedDownload(): Promise<{ record: ShareRecord; fragment: string }> {
  const { secret, shareId, header } = await createSampleShare({ streamLength: 100 });
  const part = { role: 'receiver', saved: false } as const;
  return {
    record: { shareId, secret, header: header.bytes, addedAtMs: 1, wish: 'pause', part },
    fragment: formatFileId({ secret, shareId, hasPassword: false }),
  };
}

const NO_KEPT_FILES: KeptFiles = { read: async () => undefined, ask: async () => false };

const NO_PLACES: SavePlaces = { kinds: [], pick: async () => undefined };

const COPY: Browser['copy'] = async () => true;

const HAS_ROOM: ShareStores['hasRoom'] = async () => true;

const ON_SHOWN: Browser['onShown'] = () => {};

export const NO_VOLUNTEERING: VolunteerParts = {
  records: {
    readSettings: async () => undefined,
    writeSettings: async () => {},
    read: async () => new Uint8Array(32),
  },
  openKeeper: () => Promise.reject(new Error('not in this test')),
};

const SHARER_PARTS = {
  setFiles: () => {},
  wantAllKept: () => {},
  keepMore: async () => false,
  readSealed: async () => () => false,
};

/** The page in a new tab, with a fragment in its address. It reaches the tracker, and no peers. */
export function openApp(
  profile: FakeProfile,
  {
    fragment = '',
    tabMemory = new Set<string>(),
    tab = profile.openTab(),
    pieces = new MapPieceStore(),
    findTransport = () => Promise.reject<Transport>(new Error('not in this test')),
    findPreview = async (): Promise<typeof SharePreview> => SharePreview,
    findMirror = async (): Promise<typeof MirroredShare> => MirroredShare,
    keptFiles = NO_KEPT_FILES,
    places = NO_PLACES,
    copy = COPY,
    tracker = new MemoryTracker(),
    epochMs = (): number => 1,
    volunteering = NO_VOLUNTEERING,
    hasRoom = HAS_ROOM,
    onShown = ON_SHOWN,
  } = {},
): PeerifyApp {
  return new PeerifyApp({
    tracker: Object.assign(tracker, {
      status: 'up' as const,
      offersRelay: false,
      subscribe: () => () => {},
    }),
    findTransport,
    findPreview,
    findMirror,
    stores: {
      pieces: () => pieces,
      sharer: () => Object.assign(new MapPieceStore(), SHARER_PARTS),
      hasRoom,
      clear: async () => {},
    },
    saver: { canSave: async () => true, save: async () => {} },
    clock: profile.clock,
    records: profile.records,
    keptFiles,
    installPrompt: { isOffered: () => false, ask: () => {}, subscribe: () => {} },
    openSpace: () => Promise.reject(new Error('not in this test')),
    drawQrCode: () => Promise.reject(new Error('not in this test')),
    findViews: () => Promise.reject(new Error('not in this test')),
    choices: { has: () => false, set: () => {} },
    notifier: { permission: () => undefined, ask: async () => {} },
    dropConnections: () => {},
    places,
    rates: { read: async () => undefined, write: async () => {} },
    volunteering,
    browser: {
      ...tab.locks,
      origin: 'https://peerify.example',
      fragment: () => fragment,
      setFragment: () => {},
      onFragmentChange: () => {},
      onShown,
      copy,
      passOn: undefined,
      epochMs,
      seed: () => profile.nextSeed(),
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
