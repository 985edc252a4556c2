import type { Bytes } from '../share/bytes.ts';
import type { Geometry } from '../share/geometry.ts';
import type { PeerSession } from './peer-session.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { BlockName, SwarmEvent } from './swarm-events.ts';
import { computeBlockLayout, computeBlockLength, computeBlockStart } from '../wire/blocks.ts';

interface BlockSenderOptions {
  readonly geometry: Geometry;
  readonly session: (peerId: PeerId) => PeerSession | undefined;
  /** The sealed piece, from memory at once where it is there. Never rejects. */
  readonly read: (piece: number) => Bytes | Promise<Bytes | undefined>;
  readonly tell: (event: SwarmEvent) => void;
}

/** Reads blocks and sends them, and tells the engine what became of each. */
export class BlockSender {
  readonly #options: BlockSenderOptions;

  constructor(options: BlockSenderOptions) {
    this.#options = options;
  }

  send(name: BlockName): void {
    const session = this.#options.session(name.peerId);
    if (session === undefined) return;
    const reading = this.#options.read(name.piece);
    if (reading instanceof Uint8Array) this.#sendOf(reading, session, name);
    else void this.#sendLater(reading, session, name);
  }

  async #sendLater(
    reading: Promise<Bytes | undefined>,
    session: PeerSession,
    name: BlockName,
  ): Promise<void> {
    const { tell } = this.#options;
    const sealed = await reading;
    // By now the peer may have gone and come back: the new session knows nothing of what was asked for on the former.
    const isSame = this.#options.session(name.peerId) === session;
    if (sealed === undefined) {
      if (isSame) tell({ ...name, type: 'block-unsent' });
      tell({ type: 'piece-lost', piece: name.piece });
    } else if (isSame) this.#sendOf(sealed, session, name);
  }

  #sendOf(sealed: Bytes, session: PeerSession, { peerId, piece, block }: BlockName): void {
    const layout = computeBlockLayout(this.#options.geometry, piece);
    const start = computeBlockStart(layout, block);
    const byteLength = computeBlockLength(layout, block);
    session.send({
      type: 'block',
      piece,
      block,
      bytes: sealed.subarray(start, start + byteLength),
    });
    const { bufferedBytes } = session;
    this.#options.tell({ type: 'block-sent', peerId, piece, block, byteLength, bufferedBytes });
  }
}
