import * as v from 'valibot';

import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type {
  Announcement,
  AnnounceResult,
  FindResult,
  PeerId,
  PieceRanges,
  TrackerSession,
} from '../../shared/swarm/ports/tracker-client.ts';
import type { AnnounceMessage } from '../../shared/tracker/announce.ts';
import type { FindAnswer } from '../../shared/tracker/find.ts';
import { findAnswerSchema } from '../../shared/tracker/find.ts';
import { MAX_RANGES, MAX_SIGNAL_BYTES } from '../../shared/tracker/limits.ts';
import { doneSchema } from '../../shared/tracker/refusal.ts';
import { askPatiently } from './ask-patiently.ts';
import type { RelayKeeper } from './relay-keeper.ts';
import type { TrackerLine } from './tracker-line.ts';

const UNAVAILABLE = { kind: 'unavailable' } as const;

/** One swarm's messages: puts the port's calls into the tracker's words, and believes only answers of the right form. */
export class ShareSession implements TrackerSession {
  readonly #shareId: ShareId;
  readonly #line: TrackerLine;
  readonly #relayKeeper: RelayKeeper;
  readonly #onLeave: () => void;
  hasLeft = false;

  constructor(shareId: ShareId, line: TrackerLine, relayKeeper: RelayKeeper, onLeave: () => void) {
    this.#shareId = shareId;
    this.#line = line;
    this.#relayKeeper = relayKeeper;
    this.#onLeave = onLeave;
  }

  async announce(announcement: Announcement): Promise<AnnounceResult> {
    return this.#announce({ shareId: this.#shareId, ...announcement });
  }

  async announceGained(ranges: PieceRanges): Promise<AnnounceResult> {
    for (let start = 0; start < ranges.length; start += MAX_RANGES) {
      const part = ranges.slice(start, start + MAX_RANGES);
      const gained = part.map(([first, last]): [number, number] => [first, last]);
      const result = await this.#announce({ shareId: this.#shareId, gained });
      if (result.kind !== 'announced') return result;
    }
    return { kind: 'announced' };
  }

  async find(): Promise<FindResult> {
    if (this.hasLeft) return UNAVAILABLE;
    const answer = await askPatiently(async () => {
      const parsed = v.safeParse(
        findAnswerSchema,
        await this.#line.find({ shareId: this.#shareId }),
      );
      return parsed.success ? parsed.output : undefined;
    });
    if (answer === undefined) return UNAVAILABLE;
    if (answer.ok) return unpackFound(answer, this.#line.peerId);
    if (answer.code === 'ended') return { kind: 'ended', end: answer.end };
    return answer.code === 'unknown-share' ? { kind: 'unknown-share' } : UNAVAILABLE;
  }

  relays(): ReturnType<TrackerSession['relays']> {
    return this.#relayKeeper.relays(() => this.#line.relay({ shareId: this.#shareId }));
  }

  signal(to: PeerId, sealed: Bytes): void {
    if (this.hasLeft || sealed.byteLength > MAX_SIGNAL_BYTES) return;
    this.#line.signal({ shareId: this.#shareId, to, data: sealed });
  }

  distrust(peerId: PeerId, signature: Bytes | undefined): void {
    if (this.hasLeft) return;
    const word = { shareId: this.#shareId, peerId };
    this.#line.distrust(signature === undefined ? word : { ...word, signature });
  }

  leave(): void {
    if (this.hasLeft) return;
    this.hasLeft = true;
    this.#line.leave({ shareId: this.#shareId });
    this.#onLeave();
  }

  async #announce(message: AnnounceMessage): Promise<AnnounceResult> {
    const answer = await askPatiently(async () => {
      // An announce after the leave would bring back what the tracker was just told to forget.
      if (this.hasLeft) return undefined;
      const parsed = v.safeParse(doneSchema, await this.#line.announce(message));
      return parsed.success ? parsed.output : undefined;
    });
    if (answer === undefined) return UNAVAILABLE;
    if (answer.ok) return { kind: 'announced' };
    return { kind: 'refused', code: answer.code, end: answer.end };
  }
}

/** Leaves ourselves out, whom an honest tracker never names. */
function unpackFound(
  answer: Extract<FindAnswer, { ok: true }>,
  ourPeerId: string | undefined,
): FindResult {
  const { header, seederCount, holderCount, peerIds, bitfields } = answer;
  const { volunteerCount, volunteerHolderCount, end } = answer;
  const length = peerIds.length === 0 ? 0 : bitfields.byteLength / peerIds.length;
  const peers = peerIds
    .map((peerId, i) => ({
      peerId,
      bitfield: bitfields.slice(i * length, (i + 1) * length),
      isVolunteer: i >= peerIds.length - volunteerCount,
    }))
    .filter(({ peerId }) => peerId !== ourPeerId);
  return { kind: 'found', header, peers, seederCount, holderCount, volunteerHolderCount, end };
}
