import { afterEach, expect, test } from 'vitest';

import type { TrackerOptions } from '../start-tracker.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { startAttacked } from './attacked-tracker.test-helper.ts';

let tracker: AttackedTracker;

async function start(options: TrackerOptions): Promise<void> {
  tracker = await startAttacked(options);
}

afterEach(() => tracker.stop());

const SPELLINGS = [
  '198.51.100.7',
  '::ffff:198.51.100.7',
  '::FFFF:c633:6407',
  '0:0:0:0:0:ffff:198.51.100.7',
  '198.51.100.7:4711',
  '[::ffff:198.51.100.7]:4711',
];
const HEADERS = [
  'X-Forwarded-For',
  'X-Real-IP',
  'X-Client-IP',
  'X-Cluster-Client-IP',
  'CF-Connecting-IP',
  'True-Client-IP',
  'Fastly-Client-IP',
  'Forwarded',
];

test.each(HEADERS)(
  'case T20; T12: without a proxy of ours %s makes nobody another',
  async (header) => {
    await start({ addressLimits: { socketsPerAddress: 3 } });
    const first = await tracker.connectPeer({ [header]: '198.51.100.1' });
    for (const address of [...SPELLINGS, '127.0.0.2', '::1', `for=198.51.100.7`]) {
      await expect(tracker.openWebSocket({ [header]: address })).rejects.toThrow('400');
    }
    first.socket.disconnect();
    await tracker.expectUnharmed();
  },
);

test('case T20; T12: behind a proxy of ours every spelling of an address is the same address', async () => {
  await start({ trustProxyHops: 1, addressLimits: { socketsPerAddress: 2 } });
  const [one = '', two = '', ...others] = SPELLINGS;
  const sockets = [];
  for (const address of [one, two]) {
    sockets.push(await tracker.openWebSocket({ 'X-Forwarded-For': `6.6.6.6, ${address}` }));
  }
  for (const address of others) {
    const refused = tracker.openWebSocket({ 'X-Forwarded-For': `203.0.113.9, ${address}` });
    await expect(refused).rejects.toThrow('400');
  }
  sockets.push(await tracker.openWebSocket({ 'X-Forwarded-For': '198.51.100.8' }));
  for (const socket of sockets) socket.close();
  await tracker.expectUnharmed();
});
