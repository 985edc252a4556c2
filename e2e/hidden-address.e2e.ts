import { expect, vi } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { DetailsOnPage } from './page/details.ts';
import type { Tab } from './page/tab.ts';
import { Coturn } from './stage/coturn.ts';
import { keepDownload, receive } from './stage/receive.ts';
import { shortenDials } from './stage/shorten-dials.ts';
import { test } from './stage/test.ts';

const SECRET = 'the secret that coturn and its tracker share';
const MB = 1e6;
const CHOICE = 'Connect only through a relay';

declare global {
  interface Window {
    /** Every connection of the page, and what it was told of how to connect. */
    gathered: { policies: (string | undefined)[]; connections: RTCPeerConnection[] };
  }
}

test('S12: who connects only through a relay goes on through it in the middle of a download, and over a reload', async ({
  stage,
  onTestFinished,
}) => {
  const coturn = await Coturn.start(SECRET, stage.folder);
  onTestFinished(() => coturn.stop());
  await stage.restartTracker({ relay: { urls: [coturn.url], secret: SECRET } });
  const path = makeRandomFile(stage.folder, 'hidden.bin', 8 * MB);
  const sharing = await stage.openContext();
  await sharing.addInitScript(watchPolicies);
  const sharer = await stage.openTabIn(sharing);
  await sharer.limitUpload(MB);
  const shared = await sharer.share(path);
  const context = await stage.openContext();
  await context.addInitScript(watchPolicies);
  const receiver = await stage.openTabIn(context);
  const card = await receiver.openLink(await shared.link());
  const receiving = receive(card, stage.folder);
  await card.waitForPercent(10);
  expect(await listKinds(receiver)).toContain('direct');
  await chooseRelay(receiver);
  const details = await DetailsOnPage.open(card);
  await vi.waitFor(async () => expect(await details.rowOf('Peer 1')).toContain('relayed'), 30_000);
  expect(await listKinds(receiver)).toEqual(['relayed']);
  expect(new Set(await listHeardOf(sharer))).toEqual(new Set(['relay 0.0.0.0 9']));
  await sharer.limitUpload(undefined);
  expect((await receiving).sha256).toBe(await computeSha256(path));
  await receiver.page.reload();
  await receiver.card().waitForStatus('Complete');
  await receiver.page.getByText('Your address').click();
  expect(await receiver.page.getByLabel(CHOICE).isChecked()).toBe(true);
});

test('S12: without a relay the choice is not offered, and where it was made before nothing connects and the card says why', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'unreached.bin', 100_000);
  const shared = await (await stage.openTab()).share(path);
  const context = await stage.openContext();
  const before = await stage.openTabIn(context);
  await before.page.getByText('Your address').click();
  expect(await before.page.getByLabel(CHOICE).isDisabled()).toBe(true);
  await before.page.getByText('has set up no relay').waitFor();
  await before.page.evaluate(() => localStorage.setItem('peerify/choice/relay-only', 'on'));
  await before.page.close();
  await context.addInitScript(watchPolicies);
  await shortenDials(context);
  const receiver = await stage.openTabIn(context);
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').click();
  await card.root.getByText('cannot be reached through the relay').waitFor({ timeout: 60_000 });
  expect(new Set(await listPolicies(receiver))).toEqual(new Set(['relay']));
  await receiver.page.getByText('Your address').click();
  const receiving = keepDownload(card.nextDownload(), stage.folder);
  await receiver.page.getByLabel(CHOICE).uncheck();
  expect((await receiving).sha256).toBe(await computeSha256(path));
});

async function chooseRelay({ page }: Tab): Promise<void> {
  await page.getByText('Your address').click();
  await page.getByLabel(CHOICE).check();
}

/** Runs in a page before anything else. */
function watchPolicies(): void {
  window.gathered = { policies: [], connections: [] };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      window.gathered.policies.push(configuration?.iceTransportPolicy);
      window.gathered.connections.push(this);
    }
  };
}

function listPolicies({ page }: Tab): Promise<readonly (string | undefined)[]> {
  return page.evaluate(() => window.gathered.policies);
}

/** What an end was told of the other's addresses, over the connections that stand: kind, and what it was asked for from. */
function listHeardOf({ page }: Tab): Promise<readonly string[]> {
  return page.evaluate(() =>
    window.gathered.connections
      .filter(({ connectionState }) => connectionState === 'connected')
      .flatMap(({ currentRemoteDescription }) =>
        Array.from(
          currentRemoteDescription?.sdp.matchAll(/ typ (\S+)(?: raddr (\S+) rport (\d+))?/g) ?? [],
          ([, kind, address, port]) => `${kind} ${address} ${port}`,
        ),
      ),
  );
}

/** How each connection that stands goes, by this end's own address in it. */
function listKinds({ page }: Tab): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const kinds: string[] = [];
    for (const connection of window.gathered.connections) {
      if (connection.connectionState !== 'connected') continue;
      const stats: ReadonlyMap<string, Record<string, unknown>> = await connection.getStats();
      for (const { type, selectedCandidatePairId } of stats.values()) {
        const pair = type === 'transport' ? stats.get(String(selectedCandidatePairId)) : undefined;
        const own = stats.get(String(pair?.['localCandidateId']));
        if (own !== undefined) kinds.push(own['candidateType'] === 'relay' ? 'relayed' : 'direct');
      }
    }
    return kinds;
  });
}
