import type { App, Problem } from './app/app-state.ts';
import { PeerifyApp } from './app/app.ts';
import { attendLater } from './app/attend-later.ts';
import { PROBLEMS } from './app/problems.ts';
import type { Browser } from './app/ports/browser.ts';
import type { VolunteerParts } from './app/volunteering.ts';
import { createUnsupportedApp } from './app/unsupported-app.ts';
import { createRealBrowser } from './platform/real-browser.ts';
import { createLocalChoices } from './platform/local-choices.ts';
import { createNotifier } from './platform/notifier.ts';
import { fileHandles } from './platform/file-handles.ts';
import { mightArrive } from './platform/might-arrive.ts';
import { createSavePlaces } from './platform/save-places.ts';
import { createPageWorker } from './platform/page-worker.ts';
import { createInstallPrompt } from './platform/install-prompt.ts';
import { realClock } from './platform/real-clock.ts';
import { rememberText } from './platform/remembered-text.ts';
import { whenIdle } from './platform/when-idle.ts';
import { createLazySaver } from './save/lazy-saver.ts';
import { IdbRateMemory } from './store/idb-rate-memory.ts';
import { IdbShareRecords } from './store/idb-share-records.ts';
import { createIdbShareStores } from './store/idb-share-stores.ts';
import { createIdbVolunteerPieces } from './store/idb-volunteer-pieces.ts';
import { IdbVolunteerRecords } from './store/idb-volunteer-records.ts';
import { openResilientDatabase } from './store/resilient-database.ts';
import { measureRoom } from './store/measure-room.ts';
import { requestPersistence } from './store/request-persistence.ts';
import { SocketIoTrackerClient } from './tracker/socket-io-tracker-client.ts';
import type { BrowserTransport } from './transport/simple-peer-transport.ts';
import { mountPage } from './ui/mount.tsx';
import { LanguageChoice } from './ui/words/language-choice.ts';

const pageWorker = createPageWorker(import.meta.url);

const choices = createLocalChoices();

let loading: Promise<BrowserTransport> | undefined;

async function main(root: HTMLElement): Promise<void> {
  const languages = new LanguageChoice(navigator.languages, rememberText('peerify/language'));
  const obstacle = findObstacle();
  if (obstacle !== undefined) {
    await mountPage(root, createUnsupportedApp(obstacle), languages);
    return;
  }
  const tracker = new SocketIoTrackerClient(location.origin);
  const browser = createRealBrowser({ measureRoom, requestPersistence });
  const volunteerDatabase = openResilientDatabase({ name: 'peerify-volunteer' });
  const volunteerRecords = new IdbVolunteerRecords(volunteerDatabase);
  const pieces = openResilientDatabase({ name: 'peerify-pieces' });
  const app = new PeerifyApp({
    tracker,
    findTransport: loadTransport,
    findViews: async () => (await import('./preview/open-views.ts')).openViews(),
    findPreview: async () => {
      // Whoever opens a link is soon to connect.
      loadTransport().catch(() => undefined);
      return (await import('./app/share-preview.ts')).SharePreview;
    },
    findMirror: async () => (await import('./app/mirrored-share.ts')).MirroredShare,
    stores: createIdbShareStores(
      pieces,
      openResilientDatabase({ name: 'peerify-digests', durability: 'strict' }),
      realClock,
    ),
    records: new IdbShareRecords(
      openResilientDatabase({ name: 'peerify-shares', durability: 'strict' }),
    ),
    saver: createLazySaver(async () => {
      const { createBrowserSaver } = await import('./save/browser-saver.ts');
      return createBrowserSaver(pageWorker.find);
    }),
    places: createSavePlaces(async () => {
      const { pickPlace } = await import('./save/pick-place.ts');
      return (kind, name) => pickPlace(window, kind, name);
    }),
    keptFiles: fileHandles,
    clock: realClock,
    browser,
    installPrompt: createInstallPrompt(),
    openSpace: async (surroundings) => {
      const [{ Space }, { createSpaceMeter }] = await Promise.all([
        import('./app/space.ts'),
        import('./store/space-meter.ts'),
      ]);
      const meter = createSpaceMeter(pieces);
      return new Space({ meter, clock: realClock, browser }, surroundings);
    },
    drawQrCode: async (text) => (await import('./platform/qr-code.ts')).drawQrCode(text),
    choices,
    notifier: createNotifier(),
    dropConnections: () => void loading?.then(({ drop }) => drop()),
    rates: new IdbRateMemory(volunteerDatabase),
    volunteering: {
      records: volunteerRecords,
      openKeeper: createKeeperOpener(tracker, browser, volunteerRecords),
    },
  });
  const mounting = mountPage(root, app, languages);
  attendLater(app, realClock, () => attend(app));
  await Promise.all([mounting, app.start()]);
  await whenIdle();
  await Promise.all([openDoors(app), pageWorker.keepPage()]);
}

/** The ways in that begin outside the page, which is there already. */
async function openDoors(app: PeerifyApp): Promise<void> {
  if (!(await mightArrive())) return;
  const [{ takeArrivals }, { systemArrivals }, { gatherFromText }] = await Promise.all([
    import('./app/take-arrivals.ts'),
    import('./platform/system-arrivals.ts'),
    import('./ui/gather-files.ts'),
  ]);
  await takeArrivals(systemArrivals, {
    origin: location.origin,
    share: app.actions.share,
    offer: (files) => app.offer(files),
    open: app.actions.open,
    tell: (problem) => app.tell(problem),
    writeText: gatherFromText,
  });
}

async function attend(app: App): Promise<void> {
  const [{ attendTab }, { createRealTabHost }, { NOTICE_TEXTS }] = await Promise.all([
    import('./app/attend-tab.ts'),
    import('./platform/real-tab-host.ts'),
    import('./ui/words/notice-texts.ts'),
  ]);
  attendTab(
    app,
    createRealTabHost((end) => NOTICE_TEXTS[end]),
  );
}

/** Volunteers are few: their part of the page is fetched when it is turned on. */
function createKeeperOpener(
  tracker: SocketIoTrackerClient,
  browser: Browser,
  records: IdbVolunteerRecords,
): VolunteerParts['openKeeper'] {
  return async (surroundings) => {
    const { PieceKeeper } = await import('./app/piece-keeper.ts');
    return PieceKeeper.open(
      {
        tracker,
        findTransport: loadTransport,
        records,
        pieces: createIdbVolunteerPieces(
          openResilientDatabase({ name: 'peerify-volunteer-pieces' }),
          realClock,
        ),
        clock: realClock,
        seed: browser.seed,
        measureRoom,
      },
      surroundings,
    );
  };
}

/** The largest library of the page, fetched beside it and not before it. */
function loadTransport(): Promise<BrowserTransport> {
  loading ??= import('./transport/simple-peer-transport.ts')
    .then(({ createSimplePeerTransport }) =>
      createSimplePeerTransport(() => choices.has('relay-only')),
    )
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

function findObstacle(): Problem | undefined {
  if (!isSecureContext) return PROBLEMS.insecurePage;
  return typeof RTCPeerConnection === 'function' ? undefined : PROBLEMS.noWebRtc;
}

const root = document.querySelector('#app');
// Not awaited: what loads later shares code with this file, and would wait until that has ended.
if (root instanceof HTMLElement) void main(root);
