import { Manager } from 'socket.io-client';
import * as v from 'valibot';

import type { ShareId } from '../../shared/share/share-id.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import { drainingSchema } from '../../shared/tracker/draining.ts';
import { toldEndSchema } from '../../shared/tracker/end.ts';
import { relayedSignalSchema } from '../../shared/tracker/signal.ts';
import { welcomeSchema } from '../../shared/tracker/welcome.ts';
import type {
  TrackerClient,
  TrackerEvents,
  TrackerSession,
  VolunteerEvents,
  VolunteerLine,
  Welcome,
} from '../../shared/swarm/ports/tracker-client.ts';
import type { ReconnectPace } from './reconnect-delay.ts';
import { computeReconnectDelayMs, RECONNECT_PACE } from './reconnect-delay.ts';
import { EndTeller } from './end-teller.ts';
import { RelayKeeper } from './relay-keeper.ts';
import { ShareSession } from './share-session.ts';
import type { TrackerSocket } from './tracker-line.ts';
import { TrackerLine } from './tracker-line.ts';
import { VolunteerSession } from './volunteer-session.ts';

export type TrackerStatus = 'connecting' | 'up' | 'down';

/** The tracker over one Socket.IO connection, however many shares there are. Runs in a page and in Node. */
export class SocketIoTrackerClient implements TrackerClient {
  readonly #socket: TrackerSocket;
  readonly #line: TrackerLine;
  readonly #relayKeeper = new RelayKeeper(Date.now);
  readonly #sessions = new Map<ShareId, { session: ShareSession; events: TrackerEvents }>();
  readonly #endTeller: EndTeller;
  #volunteer: VolunteerSession | undefined;
  #hasRelay = false;
  readonly #listeners = new Set<(status: TrackerStatus) => void>();
  readonly #onOnline = (): void => this.#retryNow();
  #status: TrackerStatus = 'connecting';
  #welcome: Welcome | undefined;
  readonly #pace: ReconnectPace;
  /** Attempts in vain since the last welcome. */
  #failures = 0;
  /** What a tracker that stops has asked for. */
  #retryAfterMs: number | undefined;
  #reconnectTimer: ReturnType<typeof setTimeout> | undefined;

  /** `url` is the tracker's origin, such as `http://localhost:8080`. */
  constructor(url: string, pace: ReconnectPace = RECONNECT_PACE) {
    this.#pace = pace;
    const manager = new Manager(url, {
      transports: ['websocket'],
      reconnection: false,
      autoConnect: false,
    });
    this.#socket = manager.socket('/');
    this.#line = new TrackerLine(this.#socket);
    this.#endTeller = new EndTeller((message) => this.#line.end(message));
    this.#listen();
    this.#socket.connect();
  }

  get status(): TrackerStatus {
    return this.#status;
  }

  /** Whether the tracker has a TURN server for its members, or for whoever connects. */
  get offersRelay(): boolean {
    return this.#hasRelay;
  }

  /** Calls back at every change, until the function returned is called. */
  subscribe(listener: (status: TrackerStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  join(shareId: ShareId, events: TrackerEvents): TrackerSession {
    if (this.#sessions.has(shareId)) throw new Error('joined twice');
    const session = new ShareSession(shareId, this.#line, this.#relayKeeper, () => {
      this.#sessions.delete(shareId);
    });
    this.#sessions.set(shareId, { session, events });
    const welcome = this.#welcome;
    if (welcome !== undefined) {
      // Later, so that the caller has the session in hand when it hears of it.
      queueMicrotask(() => {
        if (!session.hasLeft && this.#welcome === welcome) events.onWelcome(welcome);
      });
    }
    return session;
  }

  volunteer(events: VolunteerEvents): VolunteerLine {
    if (this.#volunteer !== undefined) throw new Error('volunteered twice');
    const session = new VolunteerSession(this.#line, events, () => {
      this.#volunteer = undefined;
    });
    this.#volunteer = session;
    const welcome = this.#welcome;
    if (welcome !== undefined) {
      queueMicrotask(() => {
        if (this.#welcome === welcome) session.handleWelcome();
      });
    }
    return session;
  }

  tellEnd(shareId: ShareId, header: Bytes, end: Bytes): void {
    this.#endTeller.tell({ shareId, header, end });
  }

  forgetEnd(shareId: ShareId): void {
    this.#endTeller.forget(shareId);
  }

  close(): void {
    if (typeof globalThis.removeEventListener === 'function') {
      globalThis.removeEventListener('online', this.#onOnline);
    }
    this.#recordDown();
    clearTimeout(this.#reconnectTimer);
    this.#sessions.clear();
    this.#volunteer = undefined;
    this.#listeners.clear();
    this.#socket.off();
    this.#socket.disconnect();
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('welcome', (message: unknown) => this.#recordWelcome(message));
    socket.on('signal', (message: unknown) => this.#recordSignal(message));
    socket.on('end', (message: unknown) => this.#recordEnd(message));
    socket.on('replicate', (message: unknown) => this.#volunteer?.handleReplicate(message));
    socket.on('release', (message: unknown) => this.#volunteer?.handleRelease(message));
    socket.on('draining', (message: unknown) => {
      const parsed = v.safeParse(drainingSchema, message);
      if (parsed.success) this.#retryAfterMs = parsed.output.retryAfterMs;
    });
    socket.on('disconnect', () => this.#recordDown());
    socket.on('connect_error', () => this.#recordDown());
    // Only a page hears of a network that comes back.
    if (typeof globalThis.addEventListener === 'function') {
      globalThis.addEventListener('online', this.#onOnline);
    }
  }

  #recordWelcome(message: unknown): void {
    const parsed = v.safeParse(welcomeSchema, message);
    if (!parsed.success) {
      this.#recordDown();
      return;
    }
    const { peerId, iceServers, hasRelay, announceIntervalMs } = parsed.output;
    const welcome = { peerId, iceServers, announceIntervalMs };
    this.#welcome = welcome;
    this.#line.peerId = peerId;
    this.#relayKeeper.isOffered = hasRelay === true;
    this.#hasRelay = hasRelay === true || iceServers.some(isRelay);
    this.#failures = 0;
    this.#retryAfterMs = undefined;
    this.#setStatus('up');
    // Before anybody announces: what has ended is not to be let in anew.
    this.#endTeller.tellAll();
    // What it keeps is booked only for whoever has offered room.
    this.#volunteer?.handleWelcome();
    for (const events of this.#joined()) events.onWelcome(welcome);
  }

  #recordSignal(message: unknown): void {
    const parsed = v.safeParse(relayedSignalSchema, message);
    if (!parsed.success || this.#welcome === undefined) return;
    const { shareId, from, data } = parsed.output;
    this.#sessions.get(shareId)?.events.onSignal(from, data);
  }

  #recordEnd(message: unknown): void {
    const parsed = v.safeParse(toldEndSchema, message);
    if (!parsed.success) return;
    const { shareId, end } = parsed.output;
    this.#sessions.get(shareId)?.events.onEnd?.(end);
  }

  #recordDown(): void {
    const wasUp = this.#welcome !== undefined;
    this.#welcome = undefined;
    this.#line.peerId = undefined;
    this.#setStatus('down');
    if (wasUp) {
      for (const events of this.#joined()) events.onDown();
      this.#volunteer?.handleDown();
    }
    this.#reconnectLater();
  }

  /** A copy: whoever is called may join and leave. */
  #joined(): TrackerEvents[] {
    return Array.from(this.#sessions.values(), ({ events }) => events);
  }

  #reconnectLater(): void {
    clearTimeout(this.#reconnectTimer);
    if (this.#socket.connected) return;
    const delayMs =
      this.#retryAfterMs ?? computeReconnectDelayMs(this.#failures, this.#pace, Math.random);
    this.#retryAfterMs = undefined;
    this.#failures += 1;
    this.#reconnectTimer = setTimeout(() => this.#socket.connect(), delayMs);
  }

  #retryNow(): void {
    if (this.#socket.connected) return;
    clearTimeout(this.#reconnectTimer);
    // Closing first ends an attempt that hangs on the network that was lost.
    this.#socket.disconnect();
    this.#socket.connect();
  }

  #setStatus(status: TrackerStatus): void {
    if (this.#status === status) return;
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
  }
}

function isRelay({ urls }: Welcome['iceServers'][number]): boolean {
  return urls.some((url) => /^turns?:/i.test(url));
}
