import type { Transport } from '../../shared/swarm/ports/transport.ts';
import { SimplePeerConnection } from './simple-peer-connection.ts';

/** One certificate for all connections of this tab: it is what peers know the tab by. */
export async function createSimplePeerTransport(): Promise<Transport> {
  const algorithm: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
  const certificate = await RTCPeerConnection.generateCertificate(algorithm);
  return {
    connect: (end, iceServers, events) =>
      new SimplePeerConnection(
        end,
        {
          iceServers: iceServers.map(({ urls, ...rest }) => ({ urls: [...urls], ...rest })),
          certificates: [certificate],
          bundlePolicy: 'max-bundle',
        },
        events,
      ),
  };
}
