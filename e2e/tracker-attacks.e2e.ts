import type { Relayed } from '../shared/swarm/memory-tracker.test-helper.ts';
import type { Signal } from '../shared/swarm/ports/transport.ts';
import type { ShareCardOnPage } from './page/share-card.ts';
import type { Tab } from './page/tab.ts';
import { expect, vi } from 'vitest';
import { findFileId } from '../shared/share/file-id.ts';
import { deriveShareKeys } from '../shared/share/share-keys.ts';
import { SignalForger } from '../shared/swarm/tracker-in-the-middle.test-helper.ts';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { HostileTracker } from './stage/hostile-tracker.ts';
import { keepDownload } from './stage/receive.ts';
import { shortenDials } from './stage/shorten-dials.ts';
import { test as base } from './stage/test.ts';
import { countSentFrames, listMedia, watchConnections } from './stage/watch-connections.ts';
import { buildPageScript } from './stage/build-page-script.ts';
import { RemoteTransport } from './transport/remote-transport.ts';

const WARNING = 'Someone between you and the others may be interfering.';
const HELLO = '1';
const AUTH = '2';
const OTHER_FINGERPRINT = `sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`;

interface Pair {
  readonly tracker: HostileTracker;
  readonly forger: SignalForger;
  readonly sharer: Tab;
  readonly receiver: Tab;
  readonly card: ShareCardOnPage;
  /** The receiver gets the true file, and nobody is warned any more. */
  readonly expectArrival: () => Promise<void>;
}

/** A sharer, and a receiver that has not pressed Download yet, who know each other by a hostile tracker alone. */
const test = base.extend('pair', async ({ stage }, { onCleanup }): Promise<Pair> => {
  const tracker = await HostileTracker.open(stage.url);
  onCleanup(() => tracker.close());
  const [sharer, receiver] = [await openWatched(), await openWatched()];
  const path = makeRandomFile(stage.folder, 'plans.bin', 300_000);
  const link = await (await sharer.share(path)).link();
  const found = findFileId(link);
  if (!found.ok) throw new Error(`not a link: ${link}`);
  const { secret, shareId } = found.value;
  const keys = await deriveShareKeys(secret, shareId);
  const card = await receiver.openLink(link);
  const saving = card.nextDownload();
  saving.catch(() => {});
  return {
    tracker,
    forger: new SignalForger({ shareId, signalKey: keys.signal }),
    sharer,
    receiver,
    card,
    async expectArrival() {
      const { sha256 } = await keepDownload(saving, stage.folder);
      expect(sha256).toBe(await computeSha256(path));
      await vi.waitFor(async () => {
        for (const tab of [sharer, receiver])
          expect(await tab.card().text()).not.toContain(WARNING);
      });
    },
  };

  async function openWatched(): Promise<Tab> {
    const context = await stage.openContext();
    await watchConnections(context);
    await shortenDials(context);
    return stage.openTabIn(context, tracker.url);
  }
});

test('case P1; S2, A7: a tracker alters what it relays, and says it again: nothing opens, nothing is sent, and the person is told', async ({
  pair,
}) => {
  pair.tracker.relay = (signal, deliver) => {
    for (const afterMs of [0, 1_500, 3_000]) {
      setTimeout(() => deliver({ ...signal, sealed: flip(signal.sealed) }), afterMs);
    }
  };
  await pair.card.button('Download').click();
  await waitForWarning(pair.sharer);
  expect(await countFrames(pair)).toEqual([{}, {}]);
  pair.tracker.repent();
  await pair.expectArrival();
});

test.for([
  [
    'case P1; A4: fingerprints replaced by one who can seal: no channel opens',
    (line: string) => line.replace(/(?<=:).*/, OTHER_FINGERPRINT),
  ],
  [
    'case P2; A4: others put behind them by one who can seal: no channel opens',
    (line: string) => `${line}\r\na=fingerprint:${OTHER_FINGERPRINT}`,
  ],
] as const)('%s', async ([, change], { pair }) => {
  let offerCount = 0;
  pair.tracker.relay = pair.forger.rewriting((signal) => {
    if (signal.type === 'offer') offerCount += 1;
    return [
      rewriteDescription(signal, (sdp) => sdp.replaceAll(/a=fingerprint:.*?(?=\r?\n)/g, change)),
    ];
  });
  await pair.card.button('Download').click();
  await vi.waitFor(() => expect(offerCount).toBeGreaterThan(1), { timeout: 60_000 });
  expect(await countFrames(pair)).toEqual([{}, {}]);
  pair.tracker.repent();
  await pair.expectArrival();
});

test('case P2; A4: others added for the whole session by one who can seal: the browser goes by the true ones, and so does the proof', async ({
  pair,
}) => {
  let changedCount = 0;
  pair.tracker.relay = pair.forger.rewriting((signal) => [
    rewriteDescription(signal, (sdp) => {
      changedCount += 1;
      return sdp.replace('m=', `a=fingerprint:${OTHER_FINGERPRINT}\r\nm=`);
    }),
  ]);
  await pair.card.button('Download').click();
  await pair.expectArrival();
  expect(changedCount).toBeGreaterThan(1);
});

test('case P3; A1, A3, A7: a full relay with two connections of its own hears two greetings and two proofs, and the person is told', async ({
  stage,
  pair,
}) => {
  const middle = await stage.openTab();
  await middle.page.evaluate(await buildPageScript('transport/transport-page.ts'));
  const heard: string[] = [];
  pair.tracker.relay = pair.forger.standingBetween(await RemoteTransport.open(middle.page), heard);
  await pair.card.button('Download').click();
  await waitForWarning(pair.receiver);
  expect(new Set(heard)).toEqual(new Set(['hello', 'auth']));
  await expectNoPayload(pair);
  pair.tracker.repent();
  await pair.expectArrival();
});

test('case P21; S4, S6: sound, pictures and renegotiation asked for by a member, and thousands of candidates: none is taken', async ({
  pair,
}) => {
  const sound =
    'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:111 opus/48000/2\r\n';
  const candidate = {
    type: 'candidate',
    candidate: 'candidate:1 1 udp 1 192.0.2.9 9 typ host',
    sdpMid: '0',
    sdpMLineIndex: 0,
  };
  pair.tracker.relay = pair.forger.rewriting((signal) =>
    signal.type === 'candidate'
      ? [signal]
      : [
          ...Array.from({ length: 15 }, () => candidate),
          { type: 'renegotiate', renegotiate: true },
          { type: 'transceiverRequest', transceiverRequest: { kind: 'audio' } },
          rewriteDescription(signal, (sdp) => `${sdp}${sound}`),
          rewriteDescription(signal, (sdp) => sdp.replace('a=inactive', 'a=sendrecv')),
          signal,
        ],
  );
  await pair.card.button('Download').click();
  await pair.expectArrival();
  for (const { page } of [pair.sharer, pair.receiver]) {
    const media = await listMedia(page);
    expect(new Set(media)).toEqual(new Set(['video inactive']));
  }
});

function waitForWarning(tab: Tab): Promise<void> {
  return tab.card().root.getByText(WARNING).waitFor({ timeout: 120_000 });
}

function countFrames({ sharer, receiver }: Pair) {
  return Promise.all([sharer, receiver].map(({ page }) => countSentFrames(page)));
}

/** Each end has greeted and said its proof, and not a frame more. */
async function expectNoPayload(pair: Pair): Promise<void> {
  for (const sent of await countFrames(pair)) {
    expect(Object.keys(sent).toSorted()).toEqual([HELLO, AUTH]);
  }
}

function rewriteDescription(signal: Signal, rewrite: (sdp: string) => string): Signal {
  return 'sdp' in signal ? { ...signal, sdp: rewrite(signal.sdp) } : signal;
}

function flip(sealed: Relayed['sealed']): Relayed['sealed'] {
  return sealed.map((byte, i) => (i === sealed.length - 20 ? byte ^ 1 : byte));
}
