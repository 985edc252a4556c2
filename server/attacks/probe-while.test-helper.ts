import { setTimeout as wait } from 'node:timers/promises';

import { encodeBase64Url } from '../../shared/share/base64url.ts';
import type { TestPeer } from '../gateway/test-peer.test-helper.ts';

const NOBODY = encodeBase64Url(new Uint8Array(16));

/**
 * Asks the tracker something small every 25 ms while something else goes on; rejects where it gets no answer. Tells
 * the processor time that all of it took in this process, tracker and attackers: how long others wait for their
 * answers follows from it, and from whatever else the machine does.
 */
export async function probeWhile(
  prober: TestPeer,
  run: () => Promise<void>,
): Promise<{ readonly processorMs: number }> {
  const before = process.cpuUsage();
  const end = new AbortController();
  const probing = (async () => {
    do {
      // Signals have the widest rate, and one that nobody can get takes the same way as any other.
      await prober.ask('signal', { shareId: NOBODY, to: NOBODY, data: new Uint8Array(1) });
      await wait(25);
    } while (!end.signal.aborted);
  })();
  await run();
  end.abort();
  await probing;
  const { user, system } = process.cpuUsage(before);
  return { processorMs: (user + system) / 1000 };
}
