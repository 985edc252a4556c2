import type { IncomingMessage, Server as HttpServer } from 'node:http';

import type { Socket as TypedSocket } from 'socket.io';
import { Server } from 'socket.io';

import type { ShareId } from '../../shared/share/share-id.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../../shared/tracker/events.ts';
import {
  ANNOUNCE_INTERVAL_MS,
  MAX_MESSAGE_BYTES,
  TRACKER_PROTOCOL_VERSION,
} from '../../shared/tracker/limits.ts';
import type { RelayGrant } from '../../shared/tracker/relay.ts';
import type { IceServers } from '../../shared/tracker/welcome.ts';
import type { CopyBooks } from '../copies/copy-books.ts';
import { EndBook } from '../ends/end-book.ts';
import type { Log } from '../log.ts';
import type { Limit, Tally } from '../metrics/tally.ts';
import type { Registry } from '../registry/registry.ts';
import type { TrackerTimeouts } from '../timeouts.ts';
import type { AddressLimits } from './address-limits.ts';
import { isOriginAllowed } from './allow-origin.ts';
import { Connection } from './connection.ts';
import { CopyClock } from './copy-clock.ts';
import { closeEnded } from './end-handlers.ts';
import { computeRemoteKey } from './remote-address.ts';
import { WARNING_WINDOW_MS } from './gateway-limits.ts';
import { createHandlers } from './handlers.ts';
import { dropWhenHalfSent } from './half-sent-message.ts';
import { createPeerId } from './peer-id.ts';
import { RateWindows } from './rate-windows.ts';
import { computeReturnDelayMs } from './return-delay.ts';
import { SignalPost } from './signal-post.ts';
import type { SessionServices } from './socket-session.ts';
import { SocketSession } from './socket-session.ts';
import { dropWhenSlow } from './slow-consumer.ts';
import { createUpgradeDoor } from './upgrade-door.ts';
import { dropWhenFlooded, limitFragments } from './websocket-limits.ts';

export interface GatewayOptions {
  readonly registry: Registry;
  readonly copies: CopyBooks;
  readonly addressLimits: AddressLimits;
  /** Open connections of all addresses together. */
  readonly maxSockets: number;
  readonly allowedOrigins: readonly string[];
  readonly trustProxyHops: number;
  readonly iceServers: IceServers;
  /** New credentials for the TURN server; undefined where there is none. */
  readonly grantRelay: (() => RelayGrant) | undefined;
  readonly expiryCheckMs: number;
  readonly timeouts: TrackerTimeouts;
  readonly nowMs: () => number;
  /** The time of day, in milliseconds since 1970. */
  readonly unixMs: () => number;
  readonly random: () => number;
  readonly log: Log;
  readonly tally: Tally;
}

type Io = Server<ClientToServerEvents, ServerToClientEvents>;
type IoSocket = TypedSocket<ClientToServerEvents, ServerToClientEvents>;
type EngineSocket = IoSocket['conn'];

const REFUSED = {
  origin: 'refused pages of another origin; ALLOWED_ORIGINS can name it',
  'all-sockets': 'refused connections: the tracker has as many open as MAX_SOCKETS allows',
  'open-sockets': 'refused connections: one address has too many open',
  'new-connections': 'refused connections: one address has opened too many in a minute',
} as const;

/** The tracker's Socket.IO side: names each connection, hands its messages to the handlers, relays signals. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #io: Io;
  readonly #session: SessionServices;
  readonly #httpServer: HttpServer;
  readonly #sockets = new Map<string, IoSocket>();
  readonly #connections = new WeakMap<EngineSocket, Connection>();
  readonly #expiryTimer: NodeJS.Timeout;
  readonly #copyClock: CopyClock;
  readonly #ends = new EndBook();
  #denied: ReadonlySet<ShareId> = new Set();
  /** Whoever is refused comes again: one line a minute says as much as a thousand. */
  readonly #warnings: RateWindows;
  /** As the operating system has them, whether they have become peers or not. */
  #websocketCount = 0;
  #isDraining = false;
  #onEmpty = (): void => {};
  readonly #recordDrop = (limit: Limit): void => this.#options.tally.recordLimit(limit);

  constructor(httpServer: HttpServer, options: GatewayOptions) {
    this.#options = options;
    this.#httpServer = httpServer;
    this.#warnings = new RateWindows(1, WARNING_WINDOW_MS, options.nowMs);
    const { registry, addressLimits, nowMs, log, tally } = options;
    const signals = new SignalPost(this.#sockets, nowMs);
    const handlers = createHandlers({
      registry,
      addressLimits,
      nowMs,
      tally,
      grantRelay: options.grantRelay,
      deliver: (to, sender, signal) => signals.deliver(to, sender, signal),
      copies: options.copies,
      release: (peerId, shareId) => this.#release(peerId, shareId),
      ends: this.#ends,
      unixMs: options.unixMs,
      tellPeer: (peerId, message) => this.#sockets.get(peerId)?.emit('end', message),
      isDenied: (shareId) => this.#denied.has(shareId),
    });
    this.#session = { handlers, addressLimits, nowMs, log, tally };
    this.#copyClock = new CopyClock(
      options.copies.planner,
      nowMs,
      ({ peerId, message }) => this.#sockets.get(peerId)?.emit('replicate', message),
      log,
    );
    this.#io = new Server(createUpgradeDoor(httpServer), {
      transports: ['websocket'],
      allowUpgrades: false,
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      connectTimeout: options.timeouts.joinMs,
      pingInterval: options.timeouts.heartbeatMs,
      pingTimeout: options.timeouts.heartbeatAnswerMs,
      serveClient: false,
      allowEIO3: false,
      cookie: false,
      allowRequest: (request, answer) => this.#admit(request, answer),
    });
    limitFragments(this.#io.engine);
    this.#io.engine.on('connection', (socket: EngineSocket) => this.#watch(socket));
    this.#io.on('connection', (socket) => this.#join(socket));
    this.#expiryTimer = setInterval(() => void this.#expire(), options.expiryCheckMs);
    this.#expiryTimer.unref();
  }

  get socketCount(): number {
    return this.#sockets.size;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Refuses these shares from now on and no others, and forgets what is known of them. */
  async deny(shareIds: ReadonlySet<ShareId>): Promise<void> {
    this.#denied = shareIds;
    for (const shareId of shareIds) {
      const volunteers = await this.#options.registry.close(shareId);
      for (const peerId of volunteers) this.#release(peerId, shareId);
    }
  }

  /** Lets nobody in any more, tells everybody when to come again, and resolves when all connections are gone. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    const count = this.#sockets.size;
    for (const socket of this.#sockets.values()) this.#sendAway(socket, count);
    if (this.#websocketCount > 0) await empty;
  }

  /** Disconnects everybody and closes the HTTP server underneath. */
  async close(): Promise<void> {
    clearInterval(this.#expiryTimer);
    this.#copyClock.stop();
    const closed = new Promise((resolve) => this.#httpServer.close(resolve));
    await this.#io.close();
    await closed;
  }

  #admit(
    request: IncomingMessage,
    answer: (error: string | null, isAdmitted: boolean) => void,
  ): void {
    const { log, tally } = this.#options;
    if (this.#isDraining) {
      answer('stopping', false);
      return;
    }
    const limit = this.#checkLimits(request);
    if (limit === undefined) {
      answer(null, true);
      return;
    }
    tally.recordLimit(limit);
    if (this.#warnings.take(limit)) log.warn(REFUSED[limit]);
    answer('refused', false);
  }

  #checkLimits(request: IncomingMessage): keyof typeof REFUSED | undefined {
    const { allowedOrigins, maxSockets, addressLimits, trustProxyHops } = this.#options;
    if (!isOriginAllowed(request.headers, allowedOrigins)) return 'origin';
    if (this.#websocketCount >= maxSockets) return 'all-sockets';
    return addressLimits.checkConnection(computeRemoteKey(request, trustProxyHops));
  }

  /** Counts a connection before it has joined anything, because it takes memory from then on. */
  #watch(engineSocket: EngineSocket): void {
    const { addressLimits, trustProxyHops, timeouts, nowMs } = this.#options;
    const address = computeRemoteKey(engineSocket.request, trustProxyHops);
    const connection = new Connection(engineSocket, address, this.#recordDrop);
    this.#connections.set(engineSocket, connection);
    addressLimits.recordOpen(address);
    this.#websocketCount += 1;
    connection.onClosed(() => {
      addressLimits.recordClose(address);
      this.#websocketCount -= 1;
      if (this.#websocketCount === 0) this.#onEmpty();
    });
    engineSocket.on('close', () => connection.hangUp());
    dropWhenSlow(engineSocket, connection);
    dropWhenHalfSent(engineSocket, timeouts.messageMs, connection);
    dropWhenFlooded(engineSocket.request, nowMs, connection);
  }

  /** Socket.IO lets one connection join several times; each would be a peer, so only the first may. */
  #join(socket: IoSocket): void {
    const connection = this.#connections.get(socket.conn);
    if (connection?.take() !== true) socket.disconnect(true);
    else if (this.#isDraining) this.#sendAway(socket, 1);
    else this.#welcome(socket, connection);
  }

  #welcome(socket: IoSocket, connection: Connection): void {
    const { registry, iceServers, grantRelay } = this.#options;
    const peerId = createPeerId();
    const session = new SocketSession(
      peerId,
      {
        address: connection.address,
        disconnect: () => {
          socket.disconnect(true);
          connection.stopReading();
        },
        whenRead: () => connection.whenRead(),
      },
      this.#session,
    );
    forgetRequest(socket);
    this.#sockets.set(peerId, socket);
    socket.onAny((event: string, ...args: unknown[]) => session.receive(event, args));
    socket.on('disconnect', () => {
      this.#sockets.delete(peerId);
      session.close(() => registry.forget(peerId));
      connection.hangUp();
    });
    socket.emit('welcome', {
      version: TRACKER_PROTOCOL_VERSION,
      peerId,
      iceServers,
      hasRelay: grantRelay !== undefined,
      announceIntervalMs: ANNOUNCE_INTERVAL_MS,
    });
  }

  #release(peerId: string, shareId: ShareId): void {
    this.#sockets.get(peerId)?.emit('release', { shareId });
  }

  #sendAway(socket: IoSocket, socketCount: number): void {
    const retryAfterMs = computeReturnDelayMs(socketCount, this.#options.random);
    socket.emit('draining', { retryAfterMs });
    socket.disconnect(true);
  }

  async #expire(): Promise<void> {
    const { registry, nowMs, unixMs, log } = this.#options;
    const release = (peerId: string, shareId: ShareId): void => this.#release(peerId, shareId);
    try {
      await closeEnded({ ends: this.#ends, unixMs, registry, release });
      await registry.expire(nowMs());
    } catch (error) {
      log.error('could not drop silent peers', error);
    }
  }
}

/** The request's headers and buffers, and copies of them, would stay in memory as long as the connection. */
function forgetRequest(socket: IoSocket): void {
  Reflect.set(socket.conn, 'request', undefined);
  Reflect.set(socket, 'handshake', undefined);
}
