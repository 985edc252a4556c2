import { afterEach, expect, test } from 'vitest';

import type { TrackerOptions } from '../start-tracker.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { startAttacked } from './attacked-tracker.test-helper.ts';
import { JOIN_PATH, readUntilClosed, upgradeTo } from './raw-tcp.test-helper.ts';

let tracker: AttackedTracker;

async function start(options?: TrackerOptions): Promise<void> {
  tracker = await startAttacked(options);
}

afterEach(() => tracker.stop());

test.each([
  ['another host', ['Origin: https://evil.example']],
  ['another port of the same host', ['Origin: http://tracker:1']],
  ['no host at all', ['Origin: null']],
  ['nothing', ['Origin:']],
  ['two hosts', ['Origin: http://tracker', 'Origin: https://evil.example']],
  ['a host whose name begins like ours', ['Origin: http://tracker.evil.example']],
  ['a host on the list with more behind it', ['Origin: https://page.example.evil.example']],
  ['rubbish', ['Origin: \u00ff\u0001']],
])('case T21; T1: a page of %s is refused', async (_, lines) => {
  await start({ allowedOrigins: ['https://page.example'] });
  const reply = await readUntilClosed(tracker.openTcp(upgradeTo(JOIN_PATH, ...lines)));
  expect(reply).toMatch(/^HTTP\/1\.1 400 /u);
  await tracker.expectUnharmed();
});

test('case T21; T1: the tracker’s own page, one on the list and what is no browser may connect', async () => {
  await start({ allowedOrigins: ['https://page.example'] });
  const headers = [{ Origin: tracker.url }, { Origin: 'https://page.example' }, {}];
  const peers = await Promise.all(headers.map((each) => tracker.connectPeer(each)));
  expect(peers.map(({ socket }) => socket.connected)).toEqual([true, true, true]);
  for (const { socket } of peers) socket.disconnect();
  await tracker.expectUnharmed();
});

test('case T21; T1: a page of another origin cannot come in by a session that it was told', async () => {
  await start();
  const session = await tracker.openSession();
  const path = `${JOIN_PATH}&sid=${session.id}`;
  const second = tracker.openTcp(upgradeTo(path, 'Origin: https://evil.example'));
  expect(await readUntilClosed(second)).toMatch(/^HTTP\/1\.1 400 /u);
  session.socket.close();
  await tracker.expectUnharmed();
});
