import type { HostMessage, SwarmMessage } from '../wire/messages.ts';
import type { Connection, Transport } from './ports/transport.ts';
import { decodeMessage, encodeMessage } from '../wire/codec.ts';

type Words = SwarmMessage | HostMessage;

/** What the one who misbehaves may do instead of what its engine says. */
interface Mouth {
  say: (message: Words) => void;
  close: () => void;
}

/** A member that proves itself and from then on says what `speak` makes of each of its engine's messages. */
export function misbehave(
  transport: Transport,
  speak: (message: Words, mouth: Mouth) => void,
): Transport {
  return {
    connect: (end, iceServers, events) => {
      const connection = transport.connect(end, iceServers, events);
      const send = connection.send.bind(connection);
      const mouth = createMouth(connection, send, events.onClose);
      connection.send = (frame) => {
        const decoded = decodeMessage(frame.slice());
        if (!decoded.ok) throw new Error(decoded.violation);
        const message = decoded.value;
        // One connection is enough for what they do: they answer nobody who would have more.
        if (message.type === 'strand') return;
        if (message.type === 'hello' || message.type === 'auth') send(frame);
        else speak(message, mouth);
      };
      return connection;
    },
  };
}

function createMouth(connection: Connection, send: Connection['send'], onClose: () => void): Mouth {
  return {
    say: (message) => send(encodeMessage(message)),
    close: () => {
      connection.close();
      onClose();
    },
  };
}
