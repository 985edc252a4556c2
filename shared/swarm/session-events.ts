import type { BlockDataMessage, ShownMessage } from '../wire/messages.ts';
import type { SessionEvents, SessionFailure } from './peer-session.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { SwarmEvent } from './swarm-events.ts';

export interface SessionEventsOptions {
  readonly peerId: PeerId;
  /** Handed to its channel and not passed on. */
  readonly bufferedBytes: () => number;
  /** `block` is what the event speaks of. */
  readonly tell: (event: SwarmEvent, block?: BlockDataMessage) => void;
  readonly onShown: (message: ShownMessage) => void;
  readonly onFailure: ((failure: SessionFailure) => void) | undefined;
}

/** What happens on the session with one peer, in the engine's words. */
export function createSessionEvents({
  peerId,
  bufferedBytes,
  tell,
  onShown,
  onFailure,
}: SessionEventsOptions): Omit<SessionEvents, 'onSignal'> {
  return {
    onAuthenticated: (identity, role) => tell({ type: 'peer-connected', peerId, identity, role }),
    onMessage: (message) => {
      if (message.type === 'shown') onShown(message);
      else if (message.type === 'block') {
        const { piece, block, bytes } = message;
        const { byteLength } = bytes;
        tell({ type: 'block', peerId, piece, block, byteLength }, message);
      } else tell({ type: 'message', peerId, message });
    },
    onDrain: () => tell({ type: 'drained', peerId, bufferedBytes: bufferedBytes() }),
    onStrands: (count) => tell({ type: 'strands', peerId, count }),
    onFailure: (failure) => {
      onFailure?.(failure);
      tell({ type: 'peer-disconnected', peerId });
    },
  };
}
