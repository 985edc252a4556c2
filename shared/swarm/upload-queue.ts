import { MAX_EXCESS_REQUESTS, MAX_QUEUED_REQUESTS, MIN_SEND_MARK_BYTES } from './limits.ts';

export interface QueuedBlock {
  readonly piece: number;
  readonly block: number;
  readonly byteLength: number;
}

/** What one peer has asked of us and has not been sent yet, in the order asked. */
export class UploadQueue {
  readonly #waiting = new Map<string, QueuedBlock>();
  #waitingBytes = 0;
  #excessRequests = 0;
  /** Blocks handed to the host that have not reached the channel yet. */
  handedBytes = 0;
  /** The channel's own queue, as last told. */
  bufferedBytes = 0;
  /** When the channel last took something or gave something on. */
  movedAtMs = 0;
  /** Full and unmoved for seconds, and not emptied below the smallest mark since. */
  isStalled = false;

  get length(): number {
    return this.#waiting.size;
  }

  get pendingBytes(): number {
    return this.handedBytes + this.bufferedBytes;
  }

  /** Bytes on their way to the peer, from the request to the network. */
  get loadBytes(): number {
    return this.#waitingBytes + this.countedBytes;
  }

  /** What these bytes count for in the budget over all channels. */
  get countedBytes(): number {
    return this.isStalled ? Math.min(this.pendingBytes, MIN_SEND_MARK_BYTES) : this.pendingBytes;
  }

  has(piece: number, block: number): boolean {
    return this.#waiting.has(keyOf(piece, block));
  }

  /** `full` is to be rejected, `flood` is no longer honest. */
  add(request: QueuedBlock): 'queued' | 'full' | 'flood' {
    if (this.#waiting.size >= MAX_QUEUED_REQUESTS) return this.recordExcess();
    this.#waiting.set(keyOf(request.piece, request.block), request);
    this.#waitingBytes += request.byteLength;
    return 'queued';
  }

  /** A request that is not even queued. */
  recordExcess(): 'full' | 'flood' {
    this.#excessRequests += 1;
    return this.#excessRequests > MAX_EXCESS_REQUESTS ? 'flood' : 'full';
  }

  cancel(piece: number, block: number): void {
    const key = keyOf(piece, block);
    this.#waitingBytes -= this.#waiting.get(key)?.byteLength ?? 0;
    this.#waiting.delete(key);
  }

  /** Takes the oldest request out of the queue. */
  take(): QueuedBlock | undefined {
    for (const [key, request] of this.#waiting) {
      this.#waiting.delete(key);
      this.#waitingBytes -= request.byteLength;
      return request;
    }
    return undefined;
  }

  /** Takes out every request for one piece. */
  takePiece(piece: number): readonly QueuedBlock[] {
    const taken = [...this.#waiting.values()].filter((request) => request.piece === piece);
    for (const request of taken) this.cancel(request.piece, request.block);
    return taken;
  }
}

function keyOf(piece: number, block: number): string {
  return `${piece}/${block}`;
}
