import type { SwarmEffect } from '../../shared/swarm/swarm-events.ts';
import type { SimulatedHost } from './simulated-host.ts';

type AuditEffect = Extract<SwarmEffect, { type: 'audit' | 'show' }>;

/** Asks another host to show a piece, or shows it one: only whether it is true is modelled, as with blocks. */
export function carryOutAudit(host: SimulatedHost, effect: AuditEffect): void {
  const { peerId, piece } = effect;
  const channel = host.sessions.get(peerId)?.channel;
  const isReadable = host.shelf.has(piece);
  if (channel === undefined) return;
  if (!isReadable) host.reportLost(piece);
  else if (effect.type === 'show') channel.send({ type: 'shown', piece, isTrue: !host.isLiar });
  else channel.send({ type: 'audit', piece, nonce: new Uint8Array() });
  if (effect.type === 'show') host.tell({ type: 'piece-shown', peerId });
  else if (isReadable) host.tell({ type: 'audit-asked', peerId, piece });
}
