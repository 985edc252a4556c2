/** What dcSCTP uses in Chromium: performance figures in docs/decisions.md, the rules in RFC 9260, section 7. */
export const MTU_BYTES = 1_191;
const INITIAL_BYTES = 10 * MTU_BYTES;
const MIN_BYTES = 4 * MTU_BYTES;
const RECEIVE_WINDOW_BYTES = 5 * 1024 * 1024;
/** An acknowledgement that skips a packet this often has it sent again without waiting for a timeout. */
const REORDERING_PACKETS = 3;

/**
 * Reno's window over one direction of one connection: what may be under way unacknowledged. Several connections between
 * two hosts count as one that grows by as many packets and of which a loss halves one part (MulTCP: Crowcroft and
 * Oechslin, 1998).
 */
export class CongestionWindow {
  #bytes = INITIAL_BYTES;
  #thresholdBytes = Infinity;
  #connections = 1;

  get bytes(): number {
    return this.#bytes;
  }

  /** How long it takes to bring so much under way where the window alone is the limit. */
  computeSendMs(byteLength: number, roundTripMs: number): number {
    return (byteLength * roundTripMs) / this.#bytes;
  }

  /** Grows by what was acknowledged, and past the threshold by one packet a window. */
  recordAcknowledged(byteLength: number): void {
    const grown =
      this.#bytes < this.#thresholdBytes
        ? byteLength
        : (this.#connections * MTU_BYTES * Math.min(byteLength, this.#bytes)) / this.#bytes;
    this.#bytes = Math.min(this.#bytes + grown, this.#connections * RECEIVE_WINDOW_BYTES);
  }

  recordLoss(): void {
    const rest = this.#bytes * (1 - 1 / (2 * this.#connections));
    this.#bytes = Math.max(rest, this.#connections * MIN_BYTES);
    this.#thresholdBytes = this.#bytes;
  }

  /** So many connections from now on; those that are new begin with windows of their own. */
  widen(connections: number): void {
    this.#bytes += (connections - this.#connections) * INITIAL_BYTES;
    this.#connections = connections;
  }
}

/**
 * Bytes a second that a window halved by losses settles at, where nothing else limits it: Mathis and others, "The
 * macroscopic behavior of the TCP congestion avoidance algorithm", 1997.
 */
export function estimateSteadyRate(roundTripMs: number, lossRate: number): number {
  return (1_000 * MTU_BYTES * Math.sqrt(3 / 2)) / (roundTripMs * Math.sqrt(lossRate));
}

export function countPackets(byteLength: number): number {
  return Math.max(1, Math.ceil(byteLength / MTU_BYTES));
}

/** Whether some packet of so many is lost, and whether it is one of the last, which nothing after it gives away. */
export function drawLoss(
  packetCount: number,
  lossRate: number,
  draw: number,
): 'none' | 'inside' | 'at-end' {
  const atEnd = 1 - (1 - lossRate) ** Math.min(packetCount, REORDERING_PACKETS);
  if (draw < atEnd) return 'at-end';
  return draw < 1 - (1 - lossRate) ** packetCount ? 'inside' : 'none';
}
