import type { DisconnectReason, SwarmEffect, SwarmEvent } from '../../shared/swarm/swarm-events.ts';
import type { SwarmSnapshot } from '../../shared/swarm/swarm-snapshot.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import type { SimulatedTracker } from './simulated-tracker.ts';
import {
  MAX_ASSEMBLY_BYTES,
  MAX_AUDITS,
  MAX_AUDITS_OF_PEER,
  MAX_CONNECTIONS,
  MAX_DIALS_AT_ONCE,
  MAX_DIALS_PER_MINUTE,
  MAX_FURTHER_STRANDS,
  MAX_KNOWN_PEERS,
  MAX_OTHER_NAMES,
  MAX_QUEUED_REQUESTS,
  MAX_SEND_BUDGET_BYTES,
  MAX_STRANDS,
  MAX_UNCOMMITTED_BYTES,
  MAX_WAITING_AUDITS,
  MAX_WINDOW_BYTES,
} from '../../shared/swarm/limits.ts';
import { listPieces } from '../../shared/share/piece-ranges.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { MAX_FRAME_LENGTH } from '../../shared/wire/blocks.ts';
import { MAX_HAVE_PIECES } from '../../shared/wire/messages.ts';

/** The engine broke a rule of docs/protocol.md, group E. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** What changes what is held: to look at every piece after every step would be slow. */
const HOLDING_EVENTS: ReadonlySet<SwarmEvent['type']> = new Set([
  'peer-connected',
  'piece-verified',
  'piece-stored',
  'piece-lost',
  'pieces-gained',
  'pieces-dropped',
]);
/** How many pieces each host held when all were looked at last: what other events do is noticed by that. */
const lookedAt = new WeakMap<SimulatedHost, number>();

export interface Step {
  readonly host: SimulatedHost;
  readonly event: SwarmEvent;
  readonly effects: readonly SwarmEffect[];
  readonly network: SimulatedNetwork;
}

/** Everything that has to hold after a step of one honest engine, before anything else happens. */
export function checkStep(step: Step): void {
  const { host, effects } = step;
  const isChanged = lookedAt.get(host) !== host.held.count;
  if (isChanged || HOLDING_EVENTS.has(step.event.type)) checkNothingUnverifiedIsHeld(host);
  for (const effect of effects) {
    checkClaim(host, effect);
    checkStrands(host, effect);
    checkNothingUnverifiedIsServed(host, effect);
  }
  checkLimits(host.snapshot(), host);
  checkBans(step);
}

/** E2. What the engine takes for held was verified, and is there or was lost without notice. */
function checkNothingUnverifiedIsHeld(host: SimulatedHost): void {
  const { held, shelf } = host;
  lookedAt.set(host, held.count);
  for (const piece of held.pieces()) {
    check(shelf.has(piece) || shelf.unnoticed.has(piece), `holds piece ${piece} unverified`);
  }
}

/** E2. */
function checkNothingUnverifiedIsServed({ shelf }: SimulatedHost, effect: SwarmEffect): void {
  if (effect.type !== 'send-block') return;
  const { piece } = effect;
  check(shelf.has(piece) || shelf.unnoticed.has(piece), `serves piece ${piece} unverified`);
}

/** E1. What a peer claims, to others or to the tracker, is a subset of what its store holds. */
function checkClaim(host: SimulatedHost, effect: SwarmEffect): void {
  const { held, shelf } = host;
  if (effect.type === 'announce') checkNothingUnverifiedIsHeld(host);
  if (effect.type === 'announce-gained') {
    for (const piece of listPieces(effect.ranges)) checkPieceIsThere(piece);
  }
  if (effect.type !== 'send') return;
  const { message } = effect;
  if (message.type === 'have') message.pieces.forEach(checkPieceIsThere);
  if (message.type !== 'bitfield') return;
  const claimed = Bitfield.fromBytes(message.bitfield, held.length);
  check(claimed !== undefined, 'sent a malformed bitfield');
  for (const piece of claimed?.pieces() ?? []) checkPieceIsThere(piece);

  function checkPieceIsThere(piece: number): void {
    check(shelf.has(piece) || shelf.unnoticed.has(piece), `claims piece ${piece} and has it not`);
  }
}

/** E11. Queues and memory stay below named limits. */
function checkLimits(snapshot: SwarmSnapshot, host: SimulatedHost): void {
  const { peers } = snapshot;
  const pieceBytes = snapshot.streamLength / snapshot.pieceCount + MAX_FRAME_LENGTH;
  checkRange('assembly', snapshot.assemblyBytes, MAX_ASSEMBLY_BYTES + pieceBytes);
  checkRange(
    'uncommitted',
    snapshot.uncommittedBytes,
    MAX_UNCOMMITTED_BYTES + MAX_ASSEMBLY_BYTES + pieceBytes,
  );
  // Control frames that wait in a channel are counted with it.
  checkRange(
    'send pending',
    snapshot.sendPendingBytes,
    MAX_SEND_BUDGET_BYTES + 2 * MAX_FRAME_LENGTH,
  );
  checkRange('dials', snapshot.dialingCount, MAX_DIALS_AT_ONCE);
  checkRange('recent dials', snapshot.recentDials, MAX_DIALS_PER_MINUTE);
  checkRange('known peers', snapshot.knownPeers, MAX_KNOWN_PEERS);
  checkRange('pending audits', snapshot.pendingAudits, MAX_AUDITS);
  checkRange('connections', peers.length, MAX_CONNECTIONS);
  for (const peer of peers) {
    checkRange('outstanding', peer.outstandingBytes, MAX_WINDOW_BYTES + MAX_FRAME_LENGTH);
    checkRange('queued requests', peer.queuedRequests, MAX_QUEUED_REQUESTS);
    checkRange('waiting audits', peer.waitingAudits, MAX_WAITING_AUDITS);
    checkRange('pending audits of one', peer.pendingAudits, MAX_AUDITS_OF_PEER);
    checkRange('pieces to be told of', peer.untoldPieces, MAX_HAVE_PIECES);
    checkRange('other names', peer.otherNames, MAX_OTHER_NAMES);
  }
  const browsers = new Set([...host.sessions.values()].map((session) => session.remoteIdentity));
  check(browsers.size === host.sessions.size, 'is connected twice to one browser');
}

/** E11, E31. Connections to one peer, and those beyond the first to all. */
function checkStrands({ sessions }: SimulatedHost, effect: SwarmEffect): void {
  if (effect.type !== 'widen') return;
  checkRange('strands asked for', effect.strands, MAX_STRANDS);
  let furtherCount = 0;
  for (const { promisedStrands } of sessions.values()) furtherCount += promisedStrands - 1;
  checkRange('further strands', furtherCount, MAX_FURTHER_STRANDS);
}

/** E3. An honest peer is never banned, and a liar is gone with its first refused piece. */
function checkBans({ host, event, effects, network }: Step): void {
  if (event.type === 'piece-refused') {
    host.refused.add(network.identityOf(event.peerId) ?? '');
    check(network.hostOf(event.peerId)?.isLiar === true, `refused a piece of ${event.peerId}`);
  }
  for (const effect of effects) {
    if (effect.type === 'disconnect') checkReason(effect.reason, network.hostOf(effect.peerId));
  }
  for (const session of host.sessions.values()) {
    const isBanned = host.refused.has(session.remoteIdentity);
    check(!isBanned, `keeps ${session.remotePeerId}, which sent a false piece`);
  }
}

function checkReason(reason: DisconnectReason, remote: SimulatedHost | undefined): void {
  switch (reason) {
    case 'bad-piece':
    case 'banned':
      check(remote?.isLiar === true, `banned host ${remote?.index}, which is honest`);
      return;
    case 'bad-bitfield':
    case 'bad-index':
    case 'block-flood':
    case 'request-flood':
      check(false, `dropped host ${remote?.index} for ${reason}, though all keep to the protocol`);
      return;
    case 'dial-timeout':
    case 'same-peer':
    case 'too-many-peers':
    case 'unresponsive':
      return;
  }
}

/** E16. Complete means that every piece is there, and not otherwise. */
export function checkComplete(host: SimulatedHost): void {
  check(host.held.isFull, 'did not finish');
  for (const piece of host.held.pieces()) check(host.shelf.has(piece), `lacks piece ${piece}`);
  check(host.snapshot().isComplete, 'does not know that it is complete');
  check(host.shelf.assemblyCount === 0, 'still puts pieces together');
  const { assemblyBytes, uncommittedBytes, verifyingCount } = host.snapshot();
  checkRange('what is under way at the end', assemblyBytes + uncommittedBytes + verifyingCount, 0);
}

/** E14. The tracker's books tell who is there and who has what. */
export function checkBooks(tracker: SimulatedTracker, hosts: readonly SimulatedHost[]): void {
  const online = hosts.filter(({ isOnline }) => isOnline);
  check(tracker.peerCount === online.length, `the tracker counts ${tracker.peerCount} peers`);
  const counted = tracker.availability();
  for (const [piece, count] of counted.entries()) {
    const truth = online.filter(({ held }) => held.has(piece)).length;
    check(count === truth, `the tracker counts ${count} holders of ${piece}, not ${truth}`);
  }
}

function checkRange(name: string, value: number, max: number): void {
  if (value >= 0 && value <= max) return;
  // Put together only here: it is asked a dozen times a step.
  throw new InvariantError(`${name}: ${value} of at most ${max}`);
}

export function check(isTrue: boolean, message: string): void {
  if (!isTrue) throw new InvariantError(message);
}
