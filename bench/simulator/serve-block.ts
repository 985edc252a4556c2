import type { BlockName } from '../../shared/swarm/swarm-events.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import { computeBlockLayout, computeBlockLength } from '../../shared/wire/blocks.ts';

/** Sends one block to a peer that is still there, or says that it cannot be read. */
export function serveBlock(
  host: SimulatedHost,
  network: SimulatedNetwork,
  { peerId, piece, block }: BlockName,
): void {
  const session = host.sessions.get(peerId);
  if (session === undefined) return;
  const name = { peerId, piece, block };
  const { isLiar, plan, shelf } = host;
  const isMadeUp = isLiar && plan.excuse === 'shows-other';
  if (!shelf.has(piece) && !isMadeUp) {
    host.tell({ type: 'block-unsent', ...name });
    if (plan.excuse === 'says-lost') host.reportLost(piece);
    return;
  }
  const byteLength = computeBlockLength(computeBlockLayout(network.geometry, piece), block);
  network.messageCount += 1;
  session.channel.send({ type: 'block', piece, block, byteLength, isTrue: !isLiar });
  const { bufferedBytes } = session.channel;
  host.tell({ type: 'block-sent', ...name, byteLength, bufferedBytes });
  if (host.access.uplink.sentBytes >= host.plan.maxSentBytes) host.leave(0);
}
