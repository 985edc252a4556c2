import * as v from 'valibot';

import { concatBytes, equalBytes } from '../../shared/share/bytes.ts';
import { decodeHeader } from '../../shared/share/header.ts';
import type { AnnounceMessage, AnnounceWhole } from '../../shared/tracker/announce.ts';
import { announceSchema } from '../../shared/tracker/announce.ts';
import type { FindAnswer, FindMessage } from '../../shared/tracker/find.ts';
import { findSchema } from '../../shared/tracker/find.ts';
import type { LeaveMessage } from '../../shared/tracker/leave.ts';
import { leaveSchema } from '../../shared/tracker/leave.ts';
import type { RelayAnswer, RelayGrant, RelayMessage } from '../../shared/tracker/relay.ts';
import { relaySchema } from '../../shared/tracker/relay.ts';
import type { Done, Refusal, RefusalCode } from '../../shared/tracker/refusal.ts';
import type { RelayedSignal, SignalMessage } from '../../shared/tracker/signal.ts';
import { signalSchema } from '../../shared/tracker/signal.ts';
import type { Tally } from '../metrics/tally.ts';
import type {
  AnnounceOutcome,
  Awaitable,
  Found,
  Registry,
  VerifiedHeader,
} from '../registry/registry.ts';
import type { AddressLimits } from './address-limits.ts';
import { andThen } from './awaitable.ts';
import { checkHeader } from './check-header.ts';

/** Whom a message came from, as the connection tells; nothing in a message can say otherwise. */
export interface Sender {
  readonly peerId: string;
  readonly address: string;
  /** False once the connection is gone: what it asked for before must not be done after. */
  readonly isOpen: boolean;
}

export interface HandlerServices {
  readonly registry: Registry;
  readonly addressLimits: AddressLimits;
  readonly nowMs: () => number;
  readonly tally: Tally;
  /** Returns whether there is such a peer. */
  readonly deliver: (to: string, signal: RelayedSignal) => boolean;
  /** New credentials for the TURN server; undefined where there is none. */
  readonly grantRelay: (() => RelayGrant) | undefined;
}

export type Answer = Done | FindAnswer | RelayAnswer;
export type Handler = (sender: Sender, payload: unknown) => Awaitable<Answer>;

export function createHandlers(services: HandlerServices): ReadonlyMap<string, Handler> {
  return new Map<string, Handler>([
    ['announce', parsed(announceSchema, (from, message) => announce(services, from, message))],
    ['find', parsed(findSchema, (from, message) => find(services, from, message))],
    ['signal', parsed(signalSchema, (from, message) => passOn(services, from, message))],
    ['relay', parsed(relaySchema, (from, message) => lendRelay(services, from, message))],
    ['leave', parsed(leaveSchema, (from, message) => leave(services, from, message))],
  ]);
}

export function refuse(code: RefusalCode, retryAfterMs?: number): Refusal {
  return retryAfterMs === undefined ? { ok: false, code } : { ok: false, code, retryAfterMs };
}

function parsed<Schema extends v.GenericSchema>(
  schema: Schema,
  handle: (sender: Sender, message: v.InferOutput<Schema>) => Awaitable<Answer>,
): Handler {
  return (sender, payload) => {
    const result = v.safeParse(schema, payload, { abortEarly: true });
    return result.success ? handle(sender, result.output) : refuse('invalid');
  };
}

function announce(
  { registry, nowMs }: HandlerServices,
  sender: Sender,
  message: AnnounceMessage,
): Awaitable<Answer> {
  const { peerId } = sender;
  const { shareId } = message;
  if ('gained' in message) {
    return andThen(registry.gain(peerId, shareId, message.gained, nowMs()), describeOutcome);
  }
  if (message.role === 'volunteer') return refuse('not-a-volunteer');
  return andThen(verifyAnnounced(registry, message), (header) => {
    if (header === undefined) return refuse('invalid');
    // The check took time: a connection that was lost in the meantime must leave nothing behind.
    if (!sender.isOpen) return refuse('unavailable');
    const outcome = registry.announce(peerId, shareId, header, message.bitfield, nowMs());
    return andThen(outcome, describeOutcome);
  });
}

function describeOutcome(outcome: AnnounceOutcome): Done {
  return outcome === 'announced' ? { ok: true } : refuse(outcome);
}

/** Skips the signature check where the swarm already goes by the very same bytes. */
function verifyAnnounced(
  registry: Registry,
  { shareId, header }: AnnounceWhole,
): Awaitable<VerifiedHeader | undefined> {
  return andThen(registry.headerOf(shareId), (known) => {
    if (known === undefined || !equalBytes(known, header)) return checkHeader(header, shareId);
    const decoded = decodeHeader(known);
    return decoded.ok ? { bytes: known, pieceCount: decoded.value.geometry.pieceCount } : undefined;
  });
}

function find(
  { registry, addressLimits, tally }: HandlerServices,
  { peerId, address }: Sender,
  { shareId }: FindMessage,
): Awaitable<Answer> {
  // Whoever is in the swarm guesses nothing, so a neighbour who does cannot lock it out.
  return andThen(registry.isInSwarm(peerId, shareId), (isInSwarm) => {
    const delayMs = isInSwarm ? 0 : addressLimits.computeGuessDelayMs(address);
    if (delayMs > 0) {
      tally.recordLimit('unknown-shares');
      return refuse('rate-limited', delayMs);
    }
    return andThen(registry.find(peerId, shareId), (found) => {
      if (found !== undefined) return describeFound(found);
      addressLimits.recordUnknownShare(address);
      return refuse('unknown-share');
    });
  });
}

function describeFound({ header, seederCount, holderCount, peers }: Found): FindAnswer {
  const bitfields = concatBytes(...peers.map(({ bitfield }) => bitfield));
  const peerIds = peers.map((peer) => peer.peerId);
  const volunteers = { volunteerCount: 0, volunteerHolderCount: 0 };
  return { ok: true, header, seederCount, holderCount, peerIds, bitfields, ...volunteers };
}

function passOn(
  { registry, deliver }: HandlerServices,
  { peerId: from }: Sender,
  { shareId, to, data }: SignalMessage,
): Awaitable<Answer> {
  if (to === from) return refuse('undeliverable');
  return andThen(registry.isInSwarm(from, shareId), (isOurs) =>
    andThen(isOurs && registry.isInSwarm(to, shareId), (mayRelay) =>
      mayRelay && deliver(to, { shareId, from, data }) ? { ok: true } : refuse('undeliverable'),
    ),
  );
}

/** For members of a swarm alone: whoever else asks wants a relay for something of its own. */
function lendRelay(
  { registry, addressLimits, tally, grantRelay }: HandlerServices,
  { peerId, address }: Sender,
  { shareId }: RelayMessage,
): Awaitable<Answer> {
  return andThen(registry.isInSwarm(peerId, shareId), (isInSwarm) => {
    if (!isInSwarm) return refuse('not-announced');
    if (grantRelay === undefined) return refuse('unavailable');
    const delayMs = addressLimits.takeRelayGrant(address);
    if (delayMs === 0) return grantRelay();
    tally.recordLimit('relay-grants');
    return refuse('rate-limited', delayMs);
  });
}

function leave(
  { registry }: HandlerServices,
  { peerId }: Sender,
  { shareId }: LeaveMessage,
): Awaitable<Answer> {
  return andThen(registry.leave(peerId, shareId), () => ({ ok: true }));
}
