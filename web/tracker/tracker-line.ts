import type { Socket } from 'socket.io-client';

import type { AnnounceMessage } from '../../shared/tracker/announce.ts';
import type { DeclineMessage } from '../../shared/tracker/decline.ts';
import type { EndMessage } from '../../shared/tracker/end.ts';
import type { DistrustMessage } from '../../shared/tracker/distrust.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../../shared/tracker/events.ts';
import type { FindMessage } from '../../shared/tracker/find.ts';
import type { LeaveMessage } from '../../shared/tracker/leave.ts';
import type { RelayMessage } from '../../shared/tracker/relay.ts';
import type { SignalMessage } from '../../shared/tracker/signal.ts';
import type { UnloadMessage } from '../../shared/tracker/unload.ts';
import type { VolunteerMessage } from '../../shared/tracker/volunteer.ts';
import { SignalOutbox } from './signal-outbox.ts';

export type TrackerSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

const ANSWER_TIMEOUT_MS = 10_000;

/** Sends to the tracker while it is there. Answers come unparsed: they are a stranger's. */
export class TrackerLine {
  readonly #socket: TrackerSocket;
  readonly #signals = new SignalOutbox(() => performance.now());
  /** Our name, from the tracker's welcome until the connection is lost. Without one nothing is sent or kept for later. */
  peerId: string | undefined;

  constructor(socket: TrackerSocket) {
    this.#socket = socket;
  }

  /** Undefined where no answer came. */
  async announce(message: AnnounceMessage): Promise<unknown> {
    return this.#answered(() => this.#timed().emitWithAck('announce', message));
  }

  /** Undefined where no answer came. */
  async find(message: FindMessage): Promise<unknown> {
    return this.#answered(() => this.#timed().emitWithAck('find', message));
  }

  /** Undefined where no answer came. */
  async relay(message: RelayMessage): Promise<unknown> {
    return this.#answered(() => this.#timed().emitWithAck('relay', message));
  }

  /** Undefined where no answer came. */
  async volunteer(message: VolunteerMessage): Promise<unknown> {
    return this.#answered(() => this.#timed().emitWithAck('volunteer', message));
  }

  /** Undefined where no answer came. */
  async unload(message: UnloadMessage): Promise<unknown> {
    return this.#answered(() => this.#timed().emitWithAck('unload', message));
  }

  /** Undefined where no answer came. */
  async end(message: EndMessage): Promise<unknown> {
    return this.#answered(() => this.#timed().emitWithAck('end', message));
  }

  decline(message: DeclineMessage): void {
    if (this.peerId !== undefined) this.#socket.emit('decline', message);
  }

  distrust(message: DistrustMessage): void {
    if (this.peerId !== undefined) this.#socket.emit('distrust', message);
  }

  /** Again where the tracker is too busy, as long as we have the name that it was sealed under. */
  signal(message: SignalMessage): void {
    const { peerId } = this;
    this.#signals.post(message.to, async () => {
      if (this.peerId !== peerId) return undefined;
      return this.#answered(() => this.#timed().emitWithAck('signal', message));
    });
  }

  leave(message: LeaveMessage): void {
    if (this.peerId !== undefined) this.#socket.emit('leave', message);
  }

  #timed() {
    return this.#socket.timeout(ANSWER_TIMEOUT_MS);
  }

  async #answered(ask: () => Promise<unknown>): Promise<unknown> {
    if (this.peerId === undefined) return undefined;
    try {
      return await ask();
    } catch {
      // Either no answer in time or the connection was lost: to the caller the tracker is away.
      return undefined;
    }
  }
}
