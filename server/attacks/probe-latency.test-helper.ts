import { setTimeout as wait } from 'node:timers/promises';

import { encodeBase64Url } from '../../shared/share/base64url.ts';
import type { TestPeer } from '../gateway/test-peer.test-helper.ts';

const NOBODY = encodeBase64Url(new Uint8Array(16));

/** Asks the tracker something small every 25 ms while something else goes on; rejects where it gets no answer. */
export async function probeWhile(
  prober: TestPeer,
  run: () => Promise<void>,
): Promise<{ readonly p99Ms: number }> {
  const delaysMs: number[] = [];
  const end = new AbortController();
  const probing = (async () => {
    while (!end.signal.aborted || delaysMs.length === 0) {
      const startedMs = performance.now();
      // Signals have the widest rate, and one that nobody can get takes the same way as any other.
      await prober.ask('signal', { shareId: NOBODY, to: NOBODY, data: new Uint8Array(1) });
      delaysMs.push(performance.now() - startedMs);
      await wait(25);
    }
  })();
  await run();
  end.abort();
  await probing;
  const sorted = delaysMs.toSorted((a, b) => a - b);
  return { p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0 };
}
