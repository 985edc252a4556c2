import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Bytes } from '../../shared/share/bytes.ts';
import { formatFileId } from '../../shared/share/file-id.ts';
import { NEVER_MS, signShareEnd } from '../../shared/share/share-end.ts';
import { MemoryTracker } from '../../shared/swarm/memory-tracker.test-helper.ts';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import type { PeerifyApp } from './app.ts';
import type { CardStatus } from './app-state.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { makeShare } from './make-share.ts';
import { openApp } from './open-app.test-helper.ts';
import { createDownloadRecord, openShare } from './open-share.ts';
import { NOTES } from './sealed-notes.test-helper.ts';

const PASSWORD = 'open sesame';
const NOW_MS = 1_800_000_000_000;
const A_WHILE_MS = 11_000;

async function make(password: string) {
  const made = await makeShare(NOTES, 0, { password });
  if (made.kind !== 'made') throw new Error(made.problem.code);
  return made.record;
}

const record = await make(PASSWORD);
const { shareId, secret, header } = record;
const fragment = formatFileId({ secret, shareId, hasPassword: true });

let tracker: MemoryTracker;
let profile: FakeProfile;

beforeEach(() => {
  tracker = new MemoryTracker();
  profile = new FakeProfile();
});

/** Somebody who has the share is there. */
async function joinHolder(): Promise<void> {
  const events = { onWelcome: () => {}, onDown: () => {}, onSignal: () => {} };
  const session = tracker.join(shareId, events);
  await session.announce({ header, bitfield: Uint8Array.of(128), role: 'sharer' });
}

async function pass(): Promise<void> {
  await settleCrypto();
  await profile.pass(A_WHILE_MS);
  await settleCrypto();
}

async function open(link = fragment): Promise<PeerifyApp> {
  const app = openApp(profile, { fragment: link, tracker, epochMs: () => NOW_MS });
  await app.start();
  await pass();
  return app;
}

function shown(app: PeerifyApp): { readonly name: string | undefined; readonly status: unknown } {
  const [card] = app.state().cards;
  return { name: card?.name, status: card?.status satisfies CardStatus | undefined };
}

const locked = (answer: string) => ({ name: '', status: { kind: 'locked', answer } });
const READY = { name: 'notes.txt', status: { kind: 'ready' } };

describe('a link that needs a password', () => {
  test('K8, L9: asks for it before it shows anything, also before anybody has been found', async () => {
    const app = await open();
    expect(shown(app)).toEqual(locked('none'));
    await joinHolder();
    await pass();
    expect(shown(app)).toEqual(locked('none'));
    expect(app.state().cards[0]).toMatchObject({ fileCount: 0, totalBytes: 0, hasPassword: true });
  });

  test('K8, K3: says that a wrong one is wrong, as often as it is, and opens with the right one', async () => {
    await joinHolder();
    const app = await open();
    for (const wrong of ['open sesam', 'Open sesame', `${PASSWORD} `]) {
      app.actions.unlock(shareId, wrong);
      expect(shown(app)).toEqual(locked('checking'));
      await pass();
      expect(shown(app)).toEqual(locked('wrong'));
    }
    app.actions.unlock(shareId, '');
    expect(shown(app)).toEqual(locked('wrong'));
    app.actions.unlock(shareId, PASSWORD);
    await pass();
    expect(shown(app)).toEqual(READY);
  });

  test('K8: can be given again where the browser could not work out what it gives', async () => {
    await joinHolder();
    const app = await open();
    const failure = new DOMException('out of memory', 'OperationError');
    vi.spyOn(crypto.subtle, 'deriveBits').mockRejectedValueOnce(failure);
    app.actions.unlock(shareId, PASSWORD);
    await pass();
    expect(shown(app)).toEqual(locked('unavailable'));
    app.actions.unlock(shareId, PASSWORD);
    await pass();
    expect(shown(app)).toEqual(READY);
  });

  test('K8: given while nobody is there is tried as soon as somebody is', async () => {
    const app = await open();
    app.actions.unlock(shareId, 'a guess');
    await pass();
    expect(shown(app)).toEqual({ name: '', status: { kind: 'ready' } });
    await joinHolder();
    await pass();
    expect(shown(app)).toEqual(locked('wrong'));
    app.actions.unlock(shareId, PASSWORD);
    await pass();
    expect(shown(app)).toEqual(READY);
  });

  test('D15: is not asked for again where this browser remembers the share', async () => {
    await joinHolder();
    const opened = await openShare(record, header);
    if (opened.kind !== 'opened') throw new Error('not opened');
    const remembered = createDownloadRecord(opened.share, 0, { wanted: undefined, end: undefined });
    expect(remembered.keySecret).toEqual(record.keySecret);
    // Another tab takes care of it.
    const other = profile.openTab();
    profile.stored.set(shareId, remembered);
    await other.shelf.take(shareId);
    expect(shown(await open())).toEqual(READY);
  });

  test('K3: without its mark, or with the mark on another link, opens nothing', async () => {
    await joinHolder();
    const app = await open(formatFileId({ secret, shareId, hasPassword: false }));
    expect(shown(app).status).toMatchObject({ kind: 'failed', problem: { code: 'wrong-key' } });
  });
});

async function signEnd(endAtMs: number, serial = 1): Promise<Bytes> {
  if (record.part.role !== 'sharer') throw new Error('no sharer');
  return signShareEnd(record.part.signingKey, shareId, { endAtMs, serial });
}

async function openUnlocked(): Promise<PeerifyApp> {
  const app = await open();
  app.actions.unlock(shareId, PASSWORD);
  await pass();
  return app;
}

describe('a link whose share has an end', () => {
  test('T34: says when, and remembers it with the download', async () => {
    await joinHolder();
    const statement = await signEnd(NOW_MS + 60_000);
    tracker.ends.set(shareId, statement);
    const app = await openUnlocked();
    await pass();
    expect(app.state().cards[0]?.end).toEqual({ secondsLeft: 60, isOver: false });
    app.actions.download(shareId);
    await pass();
    expect(profile.stored.get(shareId)?.end).toEqual(statement);
  });

  test('E30: by this device’s clock is refused here, though the tracker goes on', async () => {
    await joinHolder();
    tracker.ends.set(shareId, await signEnd(NOW_MS));
    const app = await openUnlocked();
    await pass();
    expect(shown(app).status).toMatchObject({ kind: 'failed', problem: { code: 'ended' } });
  });

  test('T35: says that it has ended where the tracker does, without asking for a password', async () => {
    await joinHolder();
    tracker.ended.add(shareId);
    const app = await open();
    expect(shown(app).status).toMatchObject({ kind: 'failed', problem: { code: 'ended' } });
  });

  test('T34: that is never says nothing', async () => {
    await joinHolder();
    tracker.ends.set(shareId, await signEnd(NEVER_MS));
    const app = await openUnlocked();
    await pass();
    expect(app.state().cards[0]?.end).toBeUndefined();
  });
});
