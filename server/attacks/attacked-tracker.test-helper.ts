import { get } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';

import { expect, vi } from 'vitest';
import { WebSocket } from 'ws';

import type { SampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import type { TestPeer } from '../gateway/test-peer.test-helper.ts';
import { announceOf, connectPeer } from '../gateway/test-peer.test-helper.ts';
import type { TrackerOptions } from '../start-tracker.ts';
import { startTracker } from '../start-tracker.ts';
import { JOIN_PATH, openTcp } from './raw-tcp.test-helper.ts';

/** Everything that a peer may say to the tracker. */
export const TRACKER_EVENTS = [
  'announce',
  'find',
  'signal',
  'relay',
  'leave',
  'volunteer',
  'unload',
  'decline',
  'distrust',
  'end',
] as const;

export interface RawSession {
  readonly socket: WebSocket;
  readonly id: string;
}

/** A running tracker with two honest peers on it, and means to attack it below Socket.IO's client. */
export interface AttackedTracker {
  readonly url: string;
  readonly share: SampleShare;
  /** A websocket through which anything at all can be sent; Engine.IO's handshake is done. */
  readonly openWebSocket: (headers?: Record<string, string>) => Promise<WebSocket>;
  /** The same with the session's ID, which Engine.IO gave it. */
  readonly openSession: (headers?: Record<string, string>) => Promise<RawSession>;
  /** One that has joined as a peer as well. */
  readonly joinRaw: () => Promise<WebSocket>;
  /** A bare connection on which these texts have been sent. */
  readonly openTcp: (...texts: readonly string[]) => TcpSocket;
  readonly connectPeer: (headers?: Record<string, string>) => Promise<TestPeer>;
  /** Rejects unless honest peers are served, and everything is freed that the attack took. */
  readonly expectUnharmed: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startAttacked(options: TrackerOptions = {}): Promise<AttackedTracker> {
  const tracker = await startTracker({ host: '127.0.0.1', ...options });
  const { url } = tracker;
  const share = await createSampleShare({ streamLength: 10 * 65_536 });
  const [holder, finder] = [await connectPeer(url), await connectPeer(url)];
  await holder.ask('announce', announceOf(share, 1));
  const baseline = await readCounts(url);
  // Of what is open still: nothing here may keep what the tracker has let go.
  const stops = new Set<() => unknown>();

  const openSession: AttackedTracker['openSession'] = async (headers = {}) => {
    const session = await openRaw(url, headers);
    const stop = (): void => session.socket.terminate();
    stops.add(stop);
    session.socket.once('close', () => stops.delete(stop));
    return session;
  };
  const openWebSocket: AttackedTracker['openWebSocket'] = async (headers) =>
    (await openSession(headers)).socket;
  return {
    url,
    share,
    openSession,
    openWebSocket,
    joinRaw: async () => {
      const socket = await openWebSocket();
      const welcomed = nextMessage(socket, '42["welcome"');
      socket.send('40');
      await welcomed;
      return socket;
    },
    openTcp: (...texts) => {
      const socket = openTcp(url);
      const stop = (): unknown => socket.destroy();
      stops.add(stop);
      socket.once('close', () => stops.delete(stop));
      for (const text of texts) socket.write(text);
      return socket;
    },
    connectPeer: async (headers) => {
      const peer = await connectPeer(url, headers);
      const stop = (): unknown => peer.socket.disconnect();
      stops.add(stop);
      peer.socket.once('disconnect', () => stops.delete(stop));
      return peer;
    },
    expectUnharmed: async () => {
      const { shareId } = share;
      expect(await holder.ask('announce', announceOf(share, 1))).toEqual({ ok: true });
      expect(await finder.ask('find', { shareId })).toMatchObject({ peerIds: [holder.peerId] });
      await vi.waitFor(async () => expect(await readCounts(url)).toEqual(baseline), 5000);
      expect({}).not.toHaveProperty('polluted');
    },
    stop: async () => {
      for (const stop of stops) stop();
      for (const { socket } of [holder, finder]) socket.disconnect();
      await tracker.close();
    },
  };
}

/** The close code as soon as the other side closes; rejects where it does not within the time. */
export function closeOf(socket: WebSocket, withinMs = 5000): Promise<number> {
  return new Promise((resolve, reject) => {
    if (socket.readyState === WebSocket.CLOSED) {
      resolve(0);
      return;
    }
    const timer = setTimeout(() => reject(new Error('still open')), withinMs);
    socket.once('close', (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}

/** The first message from now on that begins so. */
export function nextMessage(socket: WebSocket, beginning: string): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.on('message', (bytes: Buffer) => {
      const text = bytes.toString();
      if (text.startsWith(beginning)) resolve(text);
    });
    socket.once('close', () => reject(new Error(`closed before: ${beginning}`)));
  });
}

async function openRaw(url: string, headers: Record<string, string>): Promise<RawSession> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${JOIN_PATH}`, { headers });
  const handshake = await new Promise<string>((resolve, reject) => {
    socket.once('message', (bytes: Buffer) => resolve(bytes.toString()));
    socket.once('error', reject);
  });
  socket.on('error', () => {});
  const { sid }: Record<string, unknown> = JSON.parse(handshake.slice(1));
  return { socket, id: String(sid) };
}

/** The health check's numbers but for the pause, which differs each time, and what is said of it. */
function readCounts(url: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    get(`${url}/healthz`, { agent: false }, (reply) => {
      let body = '';
      reply.setEncoding('utf8');
      reply.on('data', (text: string) => (body += text));
      reply.on('end', () => {
        const { lagMs: _, status: __, ...counts }: Record<string, unknown> = JSON.parse(body);
        resolve(counts);
      });
    }).on('error', reject);
  });
}
