import type { Bytes } from '../share/bytes.ts';
import type { Relayed } from './memory-tracker.test-helper.ts';
import type { Participant } from './swarm-scene.test-helper.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSealedShare } from './sealed-share.test-helper.ts';
import { SwarmScene } from './swarm-scene.test-helper.ts';
import { SignalForger } from './tracker-in-the-middle.test-helper.ts';
import { keysOf } from './sealed-signals.ts';

const share = await createSealedShare(200_000);
const honestly = (signal: Relayed, deliver: (signal: Relayed) => void): void => deliver(signal);

let scene: SwarmScene;
beforeEach(() => {
  scene = new SwarmScene(share);
});
afterEach(() => scene.stopAll());

describe('a tracker without the link', () => {
  test.each<[string, (sealed: Bytes) => Bytes]>([
    ['changes', (sealed) => sealed.map((byte, i) => (i === sealed.length - 20 ? byte ^ 1 : byte))],
    ['cuts', (sealed) => sealed.slice(0, -1)],
    ['replaces', (sealed) => new Uint8Array(sealed.byteLength).fill(7)],
  ])('case P1; S2, A7: %s signals: nothing is opened, and it is told', async (_, alter) => {
    scene.tracker.relay = (signal, deliver) => deliver({ ...signal, sealed: alter(signal.sealed) });
    const [sharer, receiver] = [await scene.joinSharer(), await scene.join()];
    await scene.until(() => countFailures(receiver) >= 3 && countFailures(sharer) >= 3);
    expectNothingSent(sharer, receiver);
    expect([sharer, receiver].flatMap(({ told }) => told.sessionFailures)).not.toContain('closed');
    scene.tracker.relay = honestly;
    await scene.until(() => receiver.told.completions > 0);
    expect([sharer, receiver].map(countFailures)).toEqual([0, 0]);
  });

  test('case P4; S2, A7: sends signals back to whom they are from: they are not opened', async () => {
    scene.tracker.relay = ({ from, to, sealed }, deliver) =>
      deliver({ from: to, to: from, sealed });
    const [sharer, receiver] = [await scene.joinSharer(), await scene.join()];
    await scene.until(() => countFailures(receiver) >= 3);
    expectNothingSent(sharer, receiver);
  });
});

describe('a tracker with the link, which therefore writes signals itself', () => {
  const { shareId } = share.membership;
  const forger = new SignalForger({ shareId, ...keysOf(share.membership, 'link') });

  test('case P1; A4: replaces fingerprints: no connection opens', async () => {
    scene.tracker.relay = forger.rewriting((signal) => [
      'sdp' in signal
        ? { ...signal, sdp: signal.sdp.replace(/sha-256 \S+/, 'sha-256 AB:CD') }
        : signal,
    ]);
    const [sharer, receiver] = [await scene.joinSharer(), await scene.join()];
    await scene.until(() => receiver.told.sessionFailures.length >= 3);
    expect(new Set(receiver.told.sessionFailures)).toEqual(new Set(['closed']));
    expectNothingSent(sharer, receiver);
  });

  test('case P2; A3, A4, A7: adds fingerprints: no proof is taken, and it is told', async () => {
    scene.tracker.relay = forger.rewriting((signal) => [
      'sdp' in signal ? { ...signal, sdp: `${signal.sdp}a=fingerprint:sha-256 AB:CD\r\n` } : signal,
    ]);
    const [sharer, receiver] = [await scene.joinSharer(), await scene.join()];
    await scene.until(() => countFailures(receiver) + countFailures(sharer) >= 6);
    expectNothingSent(sharer, receiver);
    scene.tracker.relay = honestly;
    await scene.until(() => receiver.told.completions > 0);
    expect([sharer, receiver].map(countFailures)).toEqual([0, 0]);
  });

  test('case P3; A1, A3, A7: stands between with two connections: it hears no more than what any stranger does', async () => {
    const heard: string[] = [];
    scene.tracker.relay = forger.standingBetween(scene.network.createTransport(), heard);
    const [sharer, receiver] = [await scene.joinSharer(), await scene.join()];
    await scene.until(() => countFailures(receiver) + countFailures(sharer) >= 3);
    expect(new Set(heard)).toEqual(new Set(['hello', 'auth']));
    expectNothingSent(sharer, receiver);
  });
});

function countFailures({ runner }: Participant): number {
  return runner.snapshot().failedProofs;
}

function expectNothingSent(...participants: readonly Participant[]): void {
  for (const { runner } of participants) {
    const { sentBytes, receivedBytes, peers } = runner.snapshot();
    expect({ sentBytes, receivedBytes, peers }).toEqual({
      sentBytes: 0,
      receivedBytes: 0,
      peers: [],
    });
  }
}
