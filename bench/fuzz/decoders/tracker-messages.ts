import type { GenericSchema } from 'valibot';
import type { VectorShare } from '../../../shared/share/vector-share.test-helper.ts';
import type { Handler, HandlerServices } from '../../../server/gateway/handlers.ts';
import type { Decoder } from '../decoder.ts';
import { isDeepStrictEqual } from 'node:util';
import { safeParse } from 'valibot';
import type { Tally } from '../../../server/metrics/tally.ts';
import { EndBook } from '../../../server/ends/end-book.ts';
import { AddressLimits } from '../../../server/gateway/address-limits.ts';
import { createHandlers } from '../../../server/gateway/handlers.ts';
import { MemoryRegistry } from '../../../server/registry/memory-registry.ts';
import { REGISTRY_LIMITS } from '../../../server/registry/registry-limits.ts';
import { announceSchema } from '../../../shared/tracker/announce.ts';
import { findAnswerSchema, findSchema } from '../../../shared/tracker/find.ts';
import { leaveSchema } from '../../../shared/tracker/leave.ts';
import { doneSchema, REFUSAL_CODES } from '../../../shared/tracker/refusal.ts';
import type { RelayGrant } from '../../../shared/tracker/relay.ts';
import { relayAnswerSchema, relaySchema } from '../../../shared/tracker/relay.ts';
import { relayedSignalSchema, signalSchema } from '../../../shared/tracker/signal.ts';
import { welcomeSchema } from '../../../shared/tracker/welcome.ts';
import { Bitfield } from '../../../shared/wire/bitfield.ts';
import { accepted, mustHold, refused, REFUSED } from '../decoder.ts';
import { createCopyEvents, createCopyOrders } from './copy-messages.ts';
import { createEndEvents, createEndWords } from './ends.ts';
import { mutateStored, readValue, writeValue } from '../stored-value.ts';

const PEER_IDS = ['AAAAAAAAAAAAAAAAAAAAAA', 'BBBBBBBBBBBBBBBBBBBBBA'] as const;
const [US, THEM] = PEER_IDS;
const NOW_MS = 1_000;
const GRANT: RelayGrant = {
  ok: true,
  urls: ['turn:t.example:3478', 'turns:[2001:db8::1]:443?transport=tcp'],
  username: '1700003600:AAAAAAAAAAAAAAAA',
  credential: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  validForMs: 3_600_000,
};
const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_FOUND_BYTES = 30 * 8 * 1024 + 16 * 1024;

/** What a page says to the tracker, as far as the answer; and what a page believes of the tracker's answers. */
export function createTrackerDecoders(share: VectorShare): readonly Decoder[] {
  const { shareId } = share;
  const header = share.header.bytes;
  const { pieceCount } = share.header.geometry;
  const bitfield = Bitfield.of(pieceCount, [0, 5, 300]).toBytes();
  const data = new Uint8Array([1, 2, 3]);
  const whole = { shareId, role: 'member', header, bitfield };
  const full = { ...whole, bitfield: Bitfield.full(pieceCount).toBytes() };
  const kept = { ...whole, role: 'volunteer', holderId: US };
  const gains = [
    [[0, 0]],
    [
      [2, 4],
      [7, 300],
    ],
  ].map((gained) => ({ shareId, gained }));
  const about = { shareId };
  const signals = [data, new Uint8Array(8192)].map((sealed) => ({
    shareId,
    to: THEM,
    data: sealed,
  }));
  const relayed = PEER_IDS.map((from) => ({ shareId, from, data }));
  const [end] = share.ends;
  const refusals: object[] = REFUSAL_CODES.map((code, i) => ({
    ok: false,
    code,
    retryAfterMs: i * 1000,
  }));
  refusals.push({ ok: false, code: 'ended', end });
  return [
    ...[
      { event: 'announce', schema: announceSchema, messages: [whole, full, kept, ...gains] },
      { event: 'find', schema: findSchema, messages: [about] },
      { event: 'signal', schema: signalSchema, messages: signals },
      { event: 'relay', schema: relaySchema, messages: [about] },
      { event: 'leave', schema: leaveSchema, messages: [about] },
      ...createCopyEvents(share, THEM),
      ...createEndEvents(share),
    ].map((said) => createServerDecoder(share, said)),
    ...[...createCopyOrders(share), ...createEndWords(share)].map(({ name, schema, messages }) =>
      createPageDecoder(name, schema, MAX_MESSAGE_BYTES, messages),
    ),
    createPageDecoder('welcome', welcomeSchema, MAX_MESSAGE_BYTES, makeWelcomes()),
    createPageDecoder('relayed-signal', relayedSignalSchema, MAX_MESSAGE_BYTES, relayed),
    createPageDecoder('found', findAnswerSchema, MAX_FOUND_BYTES, [
      ...makeFound(header, bitfield),
      {
        ok: true,
        header,
        seederCount: 0,
        holderCount: 0,
        peerIds: [],
        bitfields: data.slice(3),
        end,
      },
      ...refusals,
    ]),
    createPageDecoder('relay-answer', relayAnswerSchema, MAX_MESSAGE_BYTES, [GRANT, ...refusals]),
    createPageDecoder('done', doneSchema, MAX_MESSAGE_BYTES, [{ ok: true }, ...refusals]),
  ];
}

interface Said {
  readonly event: string;
  readonly schema: GenericSchema;
  readonly messages: readonly unknown[];
}

const tally: Tally = {
  recordMessage: () => undefined,
  recordRefusal: () => undefined,
  recordLimit: () => undefined,
};

/** Its books hold two peers of one swarm before every input. */
function createServerDecoder(share: VectorShare, { event, schema, messages }: Said): Decoder {
  const addressLimits = new AddressLimits(
    {
      socketsPerAddress: 1,
      connectionsPerMinute: 1,
      unknownSharesPerMinute: 1_000_000_000,
      relayGrantsPerMinute: 1_000_000_000,
      endsPerMinute: 1_000_000_000,
    },
    () => NOW_MS,
  );
  return {
    name: event,
    corpus: messages.map(writeValue),
    violations: REFUSAL_CODES,
    maxOutputBytes: MAX_MESSAGE_BYTES,
    mutate: mutateStored,
    async judge(input) {
      const payload = readValue(input);
      const registry = makeBooks(share);
      const services = {
        registry,
        copies: registry.copies,
        addressLimits,
        nowMs: () => NOW_MS,
        deliver: () => 0,
        release: () => undefined,
        ends: new EndBook(),
        unixMs: () => NOW_MS,
        tellPeer: () => undefined,
        isDenied: () => false,
        grantRelay: () => GRANT,
        tally,
      };
      const answer = await findHandler(services, event)(
        { peerId: US, address: '192.0.2.1', isOpen: true },
        payload,
      );
      mustHold(!('polluted' in {}), 'T10: no prototype is reached');
      const isForm = safeParse(schema, payload).success;
      mustHold(isForm || !answer.ok, 'T10: a wrong form changes nothing');
      return answer.ok ? accepted(answer) : refused(answer.code);
    },
  };
}

function makeBooks({ shareId, header }: VectorShare): MemoryRegistry {
  const registry = new MemoryRegistry(REGISTRY_LIMITS, () => 0.5);
  const { pieceCount } = header.geometry;
  for (const peerId of PEER_IDS) {
    const bitfield = Bitfield.of(pieceCount, [peerId === THEM ? 1 : 2]).toBytes();
    registry.announce(peerId, shareId, { bytes: header.bytes, pieceCount }, bitfield, NOW_MS);
  }
  registry.copies.offer(US, 2 ** 30, 0);
  return registry;
}

function findHandler(services: HandlerServices, event: string): Handler {
  const handler = createHandlers(services).get(event);
  if (handler === undefined) throw new Error(`no handler of ${event}`);
  return handler;
}

function createPageDecoder(
  name: string,
  schema: GenericSchema,
  maxOutputBytes: number,
  messages: readonly unknown[],
): Decoder {
  return {
    name,
    corpus: messages.map(writeValue),
    violations: [REFUSED],
    maxOutputBytes,
    mutate: mutateStored,
    judge(input) {
      const parsed = safeParse(schema, readValue(input));
      if (!parsed.success) return refused(REFUSED);
      const again = safeParse(schema, parsed.output);
      mustHold(
        again.success && isDeepStrictEqual(again.output, parsed.output),
        'T15: what was believed is of the right form',
      );
      return accepted(parsed.output);
    },
  };
}

function makeWelcomes(): readonly unknown[] {
  const welcome = { version: 1, peerId: US, announceIntervalMs: 120_000 };
  const stun = { urls: ['stun:stun.example:3478'] };
  const turn = { urls: ['turns:t.example:443?transport=tcp'], username: 'u', credential: 'c' };
  return [
    { ...welcome, iceServers: [] },
    { ...welcome, iceServers: [stun] },
    { ...welcome, iceServers: [stun, turn] },
  ];
}

function makeFound(header: Uint8Array, bitfield: Uint8Array): readonly unknown[] {
  const found = { ok: true, header, seederCount: 1, holderCount: 2 };
  return [
    { ...found, peerIds: [], bitfields: new Uint8Array(0) },
    { ...found, peerIds: [THEM], bitfields: bitfield },
    { ...found, peerIds: PEER_IDS, bitfields: new Uint8Array([...bitfield, ...bitfield]) },
  ];
}
