import type { Bytes } from '../../../shared/share/bytes.ts';
import type { Message } from '../../../shared/wire/messages.ts';
import type { SwarmEffect } from '../../../shared/swarm/swarm-events.ts';
import type { Decoder, Verdict } from '../decoder.ts';
import { encodeU16 } from '../../../shared/share/big-endian.ts';
import { concatBytes } from '../../../shared/share/bytes.ts';
import { computeSealedLength } from '../../../shared/share/geometry.ts';
import { PieceAssembly } from '../../../shared/swarm/piece-assembly.ts';
import { SwarmDriver } from '../../../shared/swarm/swarm-driver.test-helper.ts';
import { Bitfield } from '../../../shared/wire/bitfield.ts';
import { computeBlockLayout, computeBlockLength } from '../../../shared/wire/blocks.ts';
import { decodeMessage, encodeMessage } from '../../../shared/wire/codec.ts';
import { accepted, mustHold, refused } from '../decoder.ts';
import { mutateBytes } from '../mutate-bytes.ts';

const PIECE_COUNT = 12;
const PIECE_SIZE = 256;
const HELD = [0, 1, 2];
const MAX_EFFECTS_PER_FRAME = 200;
const LENGTH_LENGTH = 2;
const FRAME_EVERY_MS = 7;

/** Frames in a row, each behind its length in two bytes, said to the engine by a peer that has proved the link. */
export function createConversationDecoder(): Decoder {
  return {
    name: 'conversation',
    corpus: [makeDelivery(), makeRequests()],
    violations: ['bad-frame', 'out-of-order', 'bad-bitfield', 'bad-index', 'bad-piece'],
    maxOutputBytes: 64 * 1024,
    mutate: (input, other, random) => mutateBytes(input, other, random),
    judge: (input) => new Conversation().hold(splitFrames(input)),
  };
}

class Conversation {
  readonly #driver = new SwarmDriver({
    pieceCount: PIECE_COUNT,
    pieceSize: PIECE_SIZE,
    held: HELD,
  });
  readonly #assembly = new PieceAssembly(this.#driver.geometry);
  #verifiedCount = 0;

  hold(frames: readonly Bytes[]): Verdict {
    this.#driver.tell({ type: 'peer-connected', peerId: 'a', identity: 'a', role: 'member' });
    for (const frame of frames) {
      const decoded = decodeMessage(frame);
      if (!decoded.ok) return refused('bad-frame');
      const message = decoded.value;
      if (message.type === 'hello' || message.type === 'auth') return refused('out-of-order');
      this.#driver.nowMs += FRAME_EVERY_MS;
      const violation = this.#carryOut(this.#tell(message), message);
      if (violation !== undefined) return refused(violation);
    }
    this.#checkSnapshot();
    return accepted(this.#driver.snapshot);
  }

  #tell(message: Exclude<Message, { type: 'hello' | 'auth' }>): readonly SwarmEffect[] {
    // The host keeps to itself what was never asked for, and what makes connections.
    if (message.type === 'shown' || message.type === 'strand') return [];
    if (message.type !== 'block') return this.#driver.hear('a', message);
    const { piece, block, bytes } = message;
    return this.#driver.tell({
      type: 'block',
      peerId: 'a',
      piece,
      block,
      byteLength: bytes.byteLength,
    });
  }

  /** As the host does. Gives the reason where the peer is dropped. */
  #carryOut(effects: readonly SwarmEffect[], message: Message): string | undefined {
    mustHold(effects.length <= MAX_EFFECTS_PER_FRAME, 'E11: one frame causes a bounded answer');
    for (const effect of effects) {
      if (effect.type === 'disconnect') return effect.reason;
      if (effect.type === 'take-block' && message.type === 'block') {
        this.#assembly.take(effect, message.bytes);
      }
      if (effect.type === 'show') {
        this.#driver.tell({ type: 'piece-shown', peerId: 'a' });
        mustHold(this.#driver.held.has(effect.piece), 'E22: only what is held is shown');
      }
      if (effect.type === 'verify') {
        const { peerId, piece } = effect;
        const sealed = this.#assembly.finish(peerId, piece);
        const length = computeSealedLength(this.#driver.geometry, piece);
        mustHold(sealed?.byteLength === length, 'E3: a whole piece is verified');
        // What is not all zeros counts as forged.
        const isTrue = sealed.every((byte) => byte === 0);
        if (isTrue) this.#verifiedCount += 1;
        const type = isTrue ? 'piece-verified' : 'piece-refused';
        return this.#carryOut(this.#driver.tell({ type, peerId, piece }), message);
      }
    }
    return undefined;
  }

  #checkSnapshot(): void {
    const { assemblyBytes, uncommittedBytes, sendPendingBytes, heldPieces } = this.#driver.snapshot;
    const counts = [assemblyBytes, uncommittedBytes, sendPendingBytes];
    const bound = PIECE_COUNT * (PIECE_SIZE + 80);
    mustHold(
      counts.every((count) => count >= 0 && count <= bound),
      'E11: queues are bounded, and never owe',
    );
    mustHold(
      heldPieces === HELD.length + this.#verifiedCount,
      'E2: nothing is held before it is verified',
    );
  }
}

/** Claims all, and gives all that it will be asked for. */
function makeDelivery(): Bytes {
  const { geometry } = new SwarmDriver({ pieceCount: PIECE_COUNT, pieceSize: PIECE_SIZE });
  const bitfield = Bitfield.full(PIECE_COUNT).toBytes();
  const blocks = Array.from({ length: PIECE_COUNT - HELD.length }, (_, i) => {
    const piece = i + HELD.length;
    const layout = computeBlockLayout(geometry, piece);
    return Array.from({ length: layout.blockCount }, (_, block): Message => {
      return {
        type: 'block',
        piece,
        block,
        bytes: new Uint8Array(computeBlockLength(layout, block)),
      };
    });
  });
  return joinFrames([{ type: 'bitfield', bitfield }, ...blocks.flat()]);
}

function makeRequests(): Bytes {
  const bitfield = new Bitfield(PIECE_COUNT).toBytes();
  const requests = [...HELD, 5].flatMap((piece): Message[] => [
    { type: 'request', piece, block: 0 },
    { type: 'request', piece, block: 1 },
    { type: 'cancel', piece, block: 1 },
    { type: 'have', pieces: [piece] },
    { type: 'reject', piece, block: 0 },
    { type: 'busy', piece, block: 0, retryAfterMs: 20 },
    { type: 'audit', piece, nonce: new Uint8Array(16) },
    { type: 'lost', piece },
  ]);
  return joinFrames([{ type: 'bitfield', bitfield }, ...requests]);
}

function joinFrames(messages: readonly Message[]): Bytes {
  const frames = messages.map((message) => encodeMessage(message));
  return concatBytes(...frames.flatMap((frame) => [encodeU16(frame.byteLength), frame]));
}

/** A last frame that is cut short is one all the same. */
function splitFrames(bytes: Bytes): readonly Bytes[] {
  const frames: Bytes[] = [];
  let offset = 0;
  while (offset + LENGTH_LENGTH <= bytes.byteLength) {
    const length = ((bytes[offset] ?? 0) << 8) + (bytes[offset + 1] ?? 0);
    offset += LENGTH_LENGTH;
    frames.push(bytes.slice(offset, offset + length));
    offset += length;
  }
  return frames;
}
