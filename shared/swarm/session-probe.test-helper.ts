import type { Membership } from './membership.ts';
import type { SessionEvents, SessionFailure } from './peer-session.ts';
import type { Clock } from './ports/clock.ts';
import type { Signal, Transport } from './ports/transport.ts';
import type { Message } from '../wire/messages.ts';
import { keysOf } from './sealed-signals.ts';
import { PeerSession } from './peer-session.ts';

export interface ProbeOptions {
  readonly membership: Membership;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly end: 'initiator' | 'responder';
  readonly names: readonly [local: string, remote: string];
}

/** A session, and all that it has told. */
export class SessionProbe {
  readonly session: PeerSession;
  readonly messages: Message[] = [];
  readonly failures: SessionFailure[] = [];
  readonly identities: string[] = [];
  drainCount = 0;
  strandCount = 1;
  hasRoomForStrand = true;
  onSignal: (signal: Signal) => void = () => {};
  onMessage: (message: Message) => void = () => {};
  #waiting: (() => void)[] = [];

  constructor({ membership, transport, clock, end, names }: ProbeOptions) {
    const [localPeerId, remotePeerId] = names;
    const events: SessionEvents = {
      onSignal: (signal) => this.onSignal(signal),
      onAuthenticated: (identity) => {
        this.identities.push(identity);
        this.#look();
      },
      onMessage: (message) => {
        this.messages.push(message);
        this.onMessage(message);
        this.#look();
      },
      onDrain: () => {
        this.drainCount += 1;
        this.#look();
      },
      onStrands: (count) => {
        this.strandCount = count;
        this.#look();
      },
      onFailure: (failure) => {
        this.failures.push(failure);
        this.#look();
      },
    };
    const iceServers: [] = [];
    const { shareId, role } = membership;
    const keys = keysOf(membership, 'link');
    const acceptedRoles = ['member'] as const;
    const session = { shareId, keys, role, acceptedRoles };
    const options = { ...session, transport, clock, iceServers, end, localPeerId, remotePeerId };
    const hasRoomForStrand = (): boolean => this.hasRoomForStrand;
    this.session = new PeerSession({ ...options, hasRoomForStrand, events });
  }

  /** Looks again after each event. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Authenticated or failed, whichever comes first. */
  async settled(): Promise<'authenticated' | SessionFailure> {
    await this.until(() => this.identities.length + this.failures.length > 0);
    return this.identities.length > 0 ? 'authenticated' : (this.failures[0] ?? 'closed');
  }

  #look(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
