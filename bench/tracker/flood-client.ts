import { setTimeout as wait } from 'node:timers/promises';

import { LoadPeer } from './load-peer.ts';
import type { LoadShare } from './load-shares.ts';

/** Connections of one address that together announce so often, and come again whenever they are thrown out. */
export interface FloodOrder {
  readonly url: string;
  readonly localAddress: string;
  readonly share: Pick<LoadShare, 'shareId'>;
  readonly connections: number;
  readonly perSecondEach: number;
  readonly seconds: number;
}

export interface FloodReport {
  readonly sent: number;
  /** Announces that were done, and that were put off. */
  readonly done: number;
  readonly refused: number;
  readonly thrownOut: number;
  /** Attempts to connect that were refused. */
  readonly shutOut: number;
}

const TICK_MS = 5;
const RETURN_MS = 100;

async function flood(order: FloodOrder): Promise<FloodReport> {
  const report = { sent: 0, done: 0, refused: 0, thrownOut: 0, shutOut: 0 };
  const endMs = performance.now() + order.seconds * 1000;
  await Promise.all(
    Array.from({ length: order.connections }, async () => {
      while (performance.now() < endMs) {
        await floodOnce(order, endMs, report);
        await wait(RETURN_MS);
      }
    }),
  );
  return report;
}

async function floodOnce(
  { url, localAddress, share, perSecondEach }: FloodOrder,
  endMs: number,
  report: { -readonly [Name in keyof FloodReport]: number },
): Promise<void> {
  const connection = { isOpen: true };
  const onLost = (): void => {
    connection.isOpen = false;
  };
  let peer: LoadPeer;
  try {
    const options = { url, localAddress, isWelcomed: true, onSignal: ignoreSignal, onLost };
    peer = await LoadPeer.connect(options);
  } catch {
    report.shutOut += 1;
    return;
  }
  const startedMs = performance.now();
  let sent = 0;
  while (connection.isOpen && performance.now() < endMs) {
    for (; sent < ((performance.now() - startedMs) / 1000) * perSecondEach; sent += 1) {
      peer.ask('announce', { shareId: share.shareId, gained: [[0, 0]] }, (answer) => {
        if (answer === undefined) return;
        if (JSON.stringify(answer).includes('rate-limited')) report.refused += 1;
        else report.done += 1;
      });
    }
    await wait(TICK_MS);
  }
  report.sent += sent;
  if (connection.isOpen) await peer.leave();
  else report.thrownOut += 1;
}

function ignoreSignal(): void {}

process.on('message', (order: FloodOrder) => {
  void flood(order).then((report) => process.send?.(report));
});
process.once('SIGTERM', () => process.exit(0));
