import type { Connection, Signal } from '../../shared/swarm/ports/transport.ts';
import type { RemoteEvent } from './remote-transport.ts';
import { createSimplePeerTransport } from '../../web/transport/simple-peer-transport.ts';

declare global {
  interface Window {
    /** Given by `RemoteTransport`: what happens at the ends below. */
    tellRemote: (id: number, event: RemoteEvent) => void;
    connectHere: (id: number, end: 'initiator' | 'responder') => Promise<void>;
    signalHere: (id: number, signal: Signal) => void;
    sendHere: (id: number, bytes: readonly number[]) => void;
    closeHere: (id: number) => void;
  }
}

const connections = new Map<number, Connection>();
const transport = createSimplePeerTransport();

/** Lets `RemoteTransport` use this tab's connections. */
export function serveRemote(): void {
  window.connectHere = async (id, end) => {
    const tell = (event: RemoteEvent): void => window.tellRemote(id, event);
    const connection = (await transport).connect(end, [], {
      onSignal: (signal) => tell({ type: 'signal', signal }),
      onOpen: () => tell({ type: 'open' }),
      onFrame: (frame) => tell({ type: 'frame', bytes: [...frame] }),
      onDrain: () => {},
      onClose: () => tell({ type: 'close' }),
    });
    connections.set(id, connection);
  };
  window.signalHere = (id, signal) => connections.get(id)?.signal(signal);
  window.sendHere = (id, bytes) => connections.get(id)?.send(Uint8Array.from(bytes));
  window.closeHere = (id) => connections.get(id)?.close();
}
