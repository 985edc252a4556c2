import { once } from 'node:events';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';

import { LoadPeer } from './load-peer.ts';

let server: WebSocketServer;
let url: string;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  url = `http://127.0.0.1:${address.port}`;
});

afterEach(() => {
  for (const socket of server.clients) socket.terminate();
  server.close();
});

/** Says what a Socket.IO server says at first, then does this with each event. */
function serve(onEvent: (socket: WebSocket, text: string) => void): void {
  server.on('connection', (socket) => {
    socket.send('0{}');
    socket.on('message', (data: Buffer, isBinary) => {
      const text = data.toString();
      if (text === '40') socket.send('40{}');
      else if (!isBinary) onEvent(socket, text);
    });
  });
}

function connect(onSignal = vi.fn<(data: Uint8Array) => void>(), onLost = vi.fn<() => void>()) {
  return LoadPeer.connect({ url, isWelcomed: false, onSignal, onLost });
}

function ask(peer: LoadPeer, payload: Readonly<Record<string, unknown>>): Promise<unknown> {
  return new Promise((resolve) => {
    peer.ask('announce', payload, resolve);
  });
}

test('an answer goes to whoever asked, with or without bytes behind it', async () => {
  serve((socket, text) => {
    const isBinary = text.startsWith('451-');
    socket.send(isBinary ? '461-1[{"ok":true,"header":{}}]' : '430[{"ok":true}]');
    if (isBinary) socket.send(new Uint8Array([1]));
  });
  const peer = await connect();
  expect(await ask(peer, {})).toEqual({ ok: true });
  expect(await ask(peer, { header: new Uint8Array([1]) })).toMatchObject({ ok: true });
  expect(peer.waitingCount).toBe(0);
});

test('a signal arrives as its bytes', async () => {
  serve((socket) => {
    socket.send('451-["signal",{"data":{"_placeholder":true,"num":0}}]');
    socket.send(new Uint8Array([7, 8]));
  });
  const signal = new Promise<Uint8Array>((resolve) => {
    void connect(vi.fn(resolve)).then((peer) => peer.ask('find', {}, () => undefined));
  });
  expect([...(await signal)]).toEqual([7, 8]);
});

test('where the connection ends, whatever waits or comes after has no answer', async () => {
  serve((socket) => socket.terminate());
  const onLost = vi.fn<() => void>();
  const peer = await connect(undefined, onLost);
  const answers = Promise.all([ask(peer, {}), ask(peer, {})]);
  expect(await answers).toEqual([undefined, undefined]);
  expect(await ask(peer, {})).toBeUndefined();
  expect(onLost).toHaveBeenCalledTimes(1);
});

test('who leaves is not lost', async () => {
  serve(() => undefined);
  const onLost = vi.fn<() => void>();
  const peer = await connect(undefined, onLost);
  await peer.leave();
  expect(onLost).not.toHaveBeenCalled();
});
