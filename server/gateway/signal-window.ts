import { FEW_SIGNAL_BYTES, RECEIVED_SIGNAL_BYTES, SIGNAL_WINDOW_MS } from './gateway-limits.ts';

/** Who sends a signal. */
export interface SignalSender {
  readonly peerId: string;
  readonly address: string;
}

/**
 * What one peer is sent in signals for a while, shared out among those who send it. No address has more than is left
 * for all others, and of one sender who has had much already, only the first half is taken.
 */
export class SignalWindow {
  readonly endsMs: number;
  #bytes = 0;
  readonly #bytesOfPeers = new Map<string, number>();
  readonly #bytesOfAddresses = new Map<string, number>();

  constructor(nowMs: number) {
    this.endsMs = nowMs + SIGNAL_WINDOW_MS;
  }

  /** From 1 for whoever comes first down to 0; below 0 where so many bytes more are too many of this sender. */
  computeRoom({ peerId, address }: SignalSender, bytes: number): number {
    const ofPeer = bytes + (this.#bytesOfPeers.get(peerId) ?? 0);
    const ofAddress = bytes + (this.#bytesOfAddresses.get(address) ?? 0);
    const most = ofPeer > FEW_SIGNAL_BYTES ? RECEIVED_SIGNAL_BYTES / 2 : RECEIVED_SIGNAL_BYTES;
    return (most - this.#bytes - bytes - ofAddress) / most;
  }

  record({ peerId, address }: SignalSender, bytes: number): void {
    this.#bytes += bytes;
    addTo(this.#bytesOfPeers, peerId, bytes);
    addTo(this.#bytesOfAddresses, address, bytes);
  }
}

function addTo(counts: Map<string, number>, key: string, bytes: number): void {
  counts.set(key, bytes + (counts.get(key) ?? 0));
}
