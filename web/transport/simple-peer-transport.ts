import type { Transport } from '../../shared/swarm/ports/transport.ts';
import { SimplePeerConnection } from './simple-peer-connection.ts';

/** The browser's connections, and a way to make them anew. */
export interface BrowserTransport extends Transport {
  /** Closes them all, as a network does that fails: whoever needs one connects again, by what holds now. */
  drop: () => void;
}

/** One certificate for all connections of this tab: it is what peers know the tab by. */
export async function createSimplePeerTransport(
  /** Asked for each connection: whether others may not learn this browser's address. */
  usesRelayOnly = (): boolean => false,
): Promise<BrowserTransport> {
  const algorithm: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
  const certificate = await RTCPeerConnection.generateCertificate(algorithm);
  const connections = new Set<SimplePeerConnection>();
  sayGoodbye(connections);
  return {
    connect(end, iceServers, events) {
      const connection = new SimplePeerConnection(
        end,
        {
          iceServers: iceServers.map(({ urls, ...rest }) => ({ urls: [...urls], ...rest })),
          certificates: [certificate],
          bundlePolicy: 'max-bundle',
          iceTransportPolicy: usesRelayOnly() ? 'relay' : 'all',
        },
        events,
        () => connections.delete(connection),
      );
      connections.add(connection);
      return connection;
    },
    drop() {
      for (const connection of connections) connection.drop();
    },
  };
}

/** A browser that closes a tab lets its connections fall silent: the others would notice after a quarter minute. */
function sayGoodbye(connections: Iterable<SimplePeerConnection>): void {
  addEventListener('pagehide', ({ persisted }) => {
    // A page that is only put away may come back.
    if (!persisted) for (const connection of connections) connection.close();
  });
}
