import { setTimeout as wait } from 'node:timers/promises';

import type { ManagerOptions, Socket, SocketOptions } from 'socket.io-client';
import { io } from 'socket.io-client';

import type { SampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';

/** A bare connection to the tracker that may say anything at all. */
export interface TestPeer {
  readonly socket: Socket;
  readonly peerId: string;
  /** Everything that came, welcomes apart. */
  readonly received: { readonly event: string; readonly message: unknown }[];
  /** The tracker's answer; rejects where none comes within a second. */
  readonly ask: (event: string, ...args: readonly unknown[]) => Promise<unknown>;
}

export async function connectPeer(
  url: string,
  extraHeaders: Record<string, string> = {},
  options: Partial<ManagerOptions & SocketOptions> = {},
): Promise<TestPeer> {
  const socket = io(url, {
    ...options,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders,
  });
  const received: TestPeer['received'] = [];
  socket.onAny((event: string, message: unknown) => {
    if (event !== 'welcome') received.push({ event, message });
  });
  const welcome = await new Promise<unknown>((resolve, reject) => {
    socket.once('welcome', resolve);
    socket.once('connect_error', reject);
  });
  const ask = async (event: string, ...args: readonly unknown[]): Promise<unknown> =>
    socket.timeout(1000).emitWithAck(event, ...args);
  return { socket, peerId: readPeerId(welcome), received, ask };
}

/** Whether the connection is closed by the other side within the time. */
export async function isClosedWithin(socket: Socket, ms: number): Promise<boolean> {
  if (socket.disconnected) return true;
  const timer = new AbortController();
  const closed = new Promise<boolean>((resolve) => {
    socket.once('disconnect', () => resolve(true));
  });
  const late = wait(ms, false, { signal: timer.signal }).catch(() => false);
  const isClosed = await Promise.race([closed, late]);
  timer.abort();
  return isClosed;
}

/** Leaves everything that comes in the operating system's buffers, until it is told to go on. */
export function stopReading({ socket }: TestPeer): () => void {
  const transport: unknown = socket.io.engine.transport;
  const websocket: unknown = Reflect.get(Object(transport), 'ws');
  const call = (name: string): void => {
    const method: unknown = Reflect.get(Object(websocket), name);
    if (typeof method !== 'function') throw new TypeError('not the ws package');
    Reflect.apply(method, websocket, []);
  };
  call('pause');
  return () => call('resume');
}

/** An announce of the whole share as a peer that holds these pieces makes it. */
export function announceOf(share: SampleShare, ...pieces: number[]) {
  const { bytes, geometry } = share.header;
  const bitfield = Bitfield.of(geometry.pieceCount, pieces).toBytes();
  return { shareId: share.shareId, role: 'member', header: bytes, bitfield };
}

function readPeerId(welcome: unknown): string {
  if (typeof welcome !== 'object' || welcome === null || !('peerId' in welcome)) {
    throw new TypeError('no welcome');
  }
  return String(welcome.peerId);
}
