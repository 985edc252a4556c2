import type { AnnounceMessage } from './announce.ts';
import type { DeclineMessage } from './decline.ts';
import type { DistrustMessage } from './distrust.ts';
import type { EndMessage, ToldEnd } from './end.ts';
import type { DrainingMessage } from './draining.ts';
import type { FindAnswer, FindMessage } from './find.ts';
import type { LeaveMessage } from './leave.ts';
import type { Done } from './refusal.ts';
import type { RelayAnswer, RelayMessage } from './relay.ts';
import type { ReleaseMessage, ReplicateMessage } from './replicate.ts';
import type { RelayedSignal, SignalMessage } from './signal.ts';
import type { UnloadAnswer, UnloadMessage } from './unload.ts';
import type { VolunteerMessage } from './volunteer.ts';
import type { WelcomeMessage } from './welcome.ts';

/** What a peer says, and how the tracker answers. Whoever wants no answer leaves the acknowledgement out. */
export interface ClientToServerEvents {
  announce: (message: AnnounceMessage, answer: (answer: Done) => void) => void;
  find: (message: FindMessage, answer: (answer: FindAnswer) => void) => void;
  signal: (message: SignalMessage, answer?: (answer: Done) => void) => void;
  relay: (message: RelayMessage, answer: (answer: RelayAnswer) => void) => void;
  leave: (message: LeaveMessage, answer?: (answer: Done) => void) => void;
  volunteer: (message: VolunteerMessage, answer?: (answer: Done) => void) => void;
  unload: (message: UnloadMessage, answer: (answer: UnloadAnswer) => void) => void;
  decline: (message: DeclineMessage, answer?: (answer: Done) => void) => void;
  distrust: (message: DistrustMessage, answer?: (answer: Done) => void) => void;
  end: (message: EndMessage, answer?: (answer: Done) => void) => void;
}

export interface ServerToClientEvents {
  welcome: (message: WelcomeMessage) => void;
  signal: (message: RelayedSignal) => void;
  draining: (message: DrainingMessage) => void;
  replicate: (message: ReplicateMessage) => void;
  release: (message: ReleaseMessage) => void;
  end: (message: ToldEnd) => void;
}
