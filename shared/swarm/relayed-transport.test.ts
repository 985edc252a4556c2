import { expect, test } from 'vitest';

import type { ConnectionEvents, IceServer, Signal, Transport } from './ports/transport.ts';
import { withRelays } from './relayed-transport.ts';

const STUN: IceServer = { urls: ['stun:s.example'] };
const TURN: IceServer = { urls: ['turn:t.example'], username: 'u', credential: 'c' };
const EVENTS: ConnectionEvents = {
  onSignal: () => {},
  onOpen: () => {},
  onFrame: () => {},
  onDrain: () => {},
  onClose: () => {},
};

/** What was done with the connections beneath, in order. */
const createProbe = () => {
  const log: unknown[] = [];
  const fingerprints = { local: ['l'], remote: ['r'] };
  const transport: Transport = {
    connect: (end, iceServers, events) => {
      log.push([end, iceServers, events === EVENTS]);
      return {
        bufferedBytes: 7,
        signal: (signal) => log.push(signal),
        send: (frame) => log.push([...frame]),
        fingerprints: () => fingerprints,
        findRoute: async () => 'relayed',
        close: () => log.push('closed'),
      };
    },
  };
  return { log, transport, fingerprints };
};

const candidate = (text: string): Signal => ({
  type: 'candidate',
  candidate: text,
  sdpMid: null,
  sdpMLineIndex: null,
});

test('T25: with relays that are known a connection begins at once', () => {
  const { log, transport } = createProbe();
  withRelays(transport, () => [TURN]).connect('initiator', [STUN], EVENTS);
  expect(log).toEqual([['initiator', [STUN, TURN], true]]);
});

test('T25: else it begins when the answer is there, and is told what came meanwhile, in order', async () => {
  const { log, transport, fingerprints } = createProbe();
  const relays = Promise.resolve([TURN]);
  const connection = withRelays(transport, () => relays).connect('responder', [STUN], EVENTS);
  connection.signal(candidate('a'));
  connection.signal(candidate('b'));
  connection.send(new Uint8Array([1]));
  expect(log).toEqual([]);
  const earlyRoute = connection.findRoute?.();
  expect([connection.bufferedBytes, connection.fingerprints()]).toEqual([
    0,
    { local: [], remote: [] },
  ]);
  await relays;
  connection.signal(candidate('c'));
  connection.send(new Uint8Array([2]));
  expect([connection.bufferedBytes, connection.fingerprints()]).toEqual([7, fingerprints]);
  expect([await earlyRoute, await connection.findRoute?.()]).toEqual([undefined, 'relayed']);
  connection.close();
  expect(log).toEqual([
    ['responder', [STUN, TURN], true],
    ...['a', 'b', 'c'].map(candidate),
    [2],
    'closed',
  ]);
});

test('T25: one that was closed before the answer never begins', async () => {
  const { log, transport } = createProbe();
  const relays = Promise.resolve([TURN]);
  const connection = withRelays(transport, () => relays).connect('initiator', [], EVENTS);
  connection.close();
  await relays;
  expect(log).toEqual([]);
});
