import type { UdpAddress } from './udp-lines.ts';

declare global {
  interface Window {
    /** A door to what the other end says that it can be reached at. */
    openDoor: (target: UdpAddress) => Promise<UdpAddress>;
  }
}

const UDP_CANDIDATE = /^(?:a=)?(candidate:\S+ \d+ udp \d+) ([\d.]+) (\d+) typ host/u;

/** Reaches other peers through doors alone: whatever else they offer is left out. */
window.RTCPeerConnection = class extends RTCPeerConnection {
  override async addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
    const [, head, address, port] = UDP_CANDIDATE.exec(candidate?.candidate ?? '') ?? [];
    if (head === undefined || address === undefined) return;
    const door = await window.openDoor({ address, port: Number(port) });
    await super.addIceCandidate({
      sdpMid: candidate?.sdpMid ?? '0',
      candidate: `${head} ${door.address} ${door.port} typ host`,
    });
  }

  override async setRemoteDescription({ type, sdp }: RTCSessionDescriptionInit): Promise<void> {
    const lines = (sdp ?? '').split('\r\n');
    const rest = lines.filter((line) => !line.startsWith('a=candidate:'));
    await super.setRemoteDescription({ type, sdp: rest.join('\r\n') });
    const found = lines.filter((line) => line.startsWith('a=candidate:'));
    await Promise.all(found.map((candidate) => this.addIceCandidate({ candidate })));
  }
};
