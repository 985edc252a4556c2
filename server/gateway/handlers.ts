import * as v from 'valibot';

import type { Bytes } from '../../shared/share/bytes.ts';
import { concatBytes, equalBytes } from '../../shared/share/bytes.ts';
import { decodeHeader } from '../../shared/share/header.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { AnnounceMessage, AnnounceWhole } from '../../shared/tracker/announce.ts';
import { announceSchema } from '../../shared/tracker/announce.ts';
import type { ToldEnd } from '../../shared/tracker/end.ts';
import { endSchema } from '../../shared/tracker/end.ts';
import { declineSchema } from '../../shared/tracker/decline.ts';
import { distrustSchema } from '../../shared/tracker/distrust.ts';
import type { FindAnswer, FindMessage } from '../../shared/tracker/find.ts';
import { findSchema } from '../../shared/tracker/find.ts';
import type { LeaveMessage } from '../../shared/tracker/leave.ts';
import { leaveSchema } from '../../shared/tracker/leave.ts';
import type { RelayAnswer, RelayGrant, RelayMessage } from '../../shared/tracker/relay.ts';
import { relaySchema } from '../../shared/tracker/relay.ts';
import type { Done, Refusal } from '../../shared/tracker/refusal.ts';
import type { RelayedSignal, SignalMessage } from '../../shared/tracker/signal.ts';
import { signalSchema } from '../../shared/tracker/signal.ts';
import type { UnloadAnswer } from '../../shared/tracker/unload.ts';
import { unloadSchema } from '../../shared/tracker/unload.ts';
import { volunteerSchema } from '../../shared/tracker/volunteer.ts';
import type { CopyBooks } from '../copies/copy-books.ts';
import type { EndBook } from '../ends/end-book.ts';
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
import {
  checkTarget,
  decline,
  distrust,
  recordTarget,
  unload,
  volunteer,
} from './copy-handlers.ts';
import { refuseEnded, tellEnd } from './end-handlers.ts';
import { refuse } from './refuse.ts';

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
  /** The time of day, in milliseconds since 1970: shares end by it. */
  readonly unixMs: () => number;
  readonly tally: Tally;
  /** 0 where it was sent, else the milliseconds to wait before another try; undefined without such a peer. */
  readonly deliver: (to: string, sender: Sender, signal: RelayedSignal) => number | undefined;
  /** New credentials for the TURN server; undefined where there is none. */
  readonly grantRelay: (() => RelayGrant) | undefined;
  readonly copies: CopyBooks;
  /** Tells a volunteer that nobody asks for copies of the share any more. */
  readonly release: (peerId: string, shareId: ShareId) => void;
  readonly ends: EndBook;
  /** Tells a peer that the sharer has said when the share ends. */
  readonly tellPeer: (peerId: string, message: ToldEnd) => void;
  /** Whether whoever runs the tracker refuses the share. */
  readonly isDenied: (shareId: ShareId) => boolean;
}

export type Answer = Done | FindAnswer | RelayAnswer | UnloadAnswer;
export type Handler = (sender: Sender, payload: unknown) => Awaitable<Answer>;

export function createHandlers(services: HandlerServices): ReadonlyMap<string, Handler> {
  return new Map<string, Handler>([
    ['announce', parsed(announceSchema, (from, message) => announce(services, from, message))],
    ['find', parsed(findSchema, (from, message) => find(services, from, message))],
    ['signal', parsed(signalSchema, (from, message) => passOn(services, from, message))],
    ['relay', parsed(relaySchema, (from, message) => lendRelay(services, from, message))],
    ['leave', parsed(leaveSchema, (from, message) => leave(services, from, message))],
    ['volunteer', parsed(volunteerSchema, (from, message) => volunteer(services, from, message))],
    ['unload', parsed(unloadSchema, (from, message) => unload(services, from, message))],
    ['decline', parsed(declineSchema, (from, message) => decline(services, from, message))],
    ['distrust', parsed(distrustSchema, (from, message) => distrust(services, from, message))],
    ['end', parsed(endSchema, (from, message) => tellEnd(services, from, message))],
  ]);
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
  services: HandlerServices,
  sender: Sender,
  message: AnnounceMessage,
): Awaitable<Answer> {
  const { registry, copies, nowMs } = services;
  const { peerId } = sender;
  const { shareId } = message;
  const refusal = refuseShare(services, shareId);
  if (refusal !== undefined) return refusal;
  if ('gained' in message) {
    return andThen(registry.gain(peerId, shareId, message.gained, nowMs()), describeOutcome);
  }
  return andThen(verifyAnnounced(registry, message), (header) => {
    if (header === undefined) return refuse('invalid');
    return andThen(checkTarget(copies, message), (target) => {
      if (target.kind === 'invalid') return refuse('invalid');
      // The check took time: a connection that was lost in the meantime must leave nothing behind.
      if (!sender.isOpen) return refuse('unavailable');
      // And a swarm that was closed in the meantime stays closed.
      const late = refuseShare(services, shareId);
      if (late !== undefined) return late;
      const { bitfield, role, holderId } = message;
      const part = { role, holderId };
      return andThen(
        registry.announce(peerId, shareId, header, bitfield, nowMs(), part),
        (outcome) => {
          if (outcome === 'announced') recordTarget(services, sender, message, target);
          return describeOutcome(outcome);
        },
      );
    });
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

/** By whoever runs the tracker, or because its sharer has ended it. */
function refuseShare(services: HandlerServices, shareId: ShareId): Refusal | undefined {
  return services.isDenied(shareId) ? refuse('share-refused') : refuseEnded(services, shareId);
}

function find(
  services: HandlerServices,
  { peerId, address }: Sender,
  { shareId }: FindMessage,
): Awaitable<Answer> {
  const { registry, addressLimits, tally, ends } = services;
  const refusal = refuseShare(services, shareId);
  if (refusal !== undefined) return refusal;
  // Whoever is in the swarm guesses nothing, so a neighbour who does cannot lock it out.
  return andThen(registry.isInSwarm(peerId, shareId), (isInSwarm) => {
    const delayMs = isInSwarm ? 0 : addressLimits.computeGuessDelayMs(address);
    if (delayMs > 0) {
      tally.recordLimit('unknown-shares');
      return refuse('rate-limited', delayMs);
    }
    return andThen(registry.find(peerId, shareId), (found) => {
      if (found !== undefined) return describeFound(found, ends.get(shareId)?.statement);
      addressLimits.recordUnknownShare(address);
      return refuse('unknown-share');
    });
  });
}

/** The volunteers come last. */
function describeFound({ peers, ...about }: Found, end: Bytes | undefined): FindAnswer {
  const volunteers = peers.filter(({ isVolunteer }) => isVolunteer);
  const ordered = [...peers.filter(({ isVolunteer }) => !isVolunteer), ...volunteers];
  const peerIds = ordered.map((peer) => peer.peerId);
  const bitfields = concatBytes(...ordered.map(({ bitfield }) => bitfield));
  const volunteerCount = volunteers.length;
  const answer = { ok: true, ...about, peerIds, bitfields, volunteerCount } as const;
  return end === undefined ? answer : { ...answer, end };
}

function passOn(
  { registry, deliver, tally }: HandlerServices,
  sender: Sender,
  { shareId, to, data }: SignalMessage,
): Awaitable<Answer> {
  const from = sender.peerId;
  if (to === from) return refuse('undeliverable');
  return andThen(registry.isInSwarm(from, shareId), (isOurs) =>
    andThen(isOurs && registry.isInSwarm(to, shareId), (mayRelay) => {
      const delayMs = mayRelay ? deliver(to, sender, { shareId, from, data }) : undefined;
      if (delayMs === 0) return { ok: true };
      if (delayMs === undefined) return refuse('undeliverable');
      tally.recordLimit('received-signals');
      return refuse('rate-limited', delayMs);
    }),
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
