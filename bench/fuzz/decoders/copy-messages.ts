import type { VectorShare } from '../../../shared/share/vector-share.test-helper.ts';
import { declineSchema } from '../../../shared/tracker/decline.ts';
import { distrustSchema } from '../../../shared/tracker/distrust.ts';
import { releaseSchema, replicateSchema } from '../../../shared/tracker/replicate.ts';
import { unloadAnswerSchema, unloadSchema } from '../../../shared/tracker/unload.ts';
import { volunteerSchema } from '../../../shared/tracker/volunteer.ts';

/** What volunteers and sharers say of copies; the tracker's books know the asker as a volunteer. */
export function createCopyEvents({ shareId }: VectorShare, other: string) {
  const offers = [{ freeBytes: 0 }, { freeBytes: 2 ** 40, heldBytes: 1 }, { withdraw: true }];
  return [
    { event: 'volunteer', schema: volunteerSchema, messages: offers },
    { event: 'unload', schema: unloadSchema, messages: [{ bytes: 1 }, { bytes: 2 ** 40 }] },
    { event: 'decline', schema: declineSchema, messages: [{ shareId }] },
    { event: 'distrust', schema: distrustSchema, messages: [{ shareId, peerId: other }] },
  ];
}

/** What the tracker says of copies. */
export function createCopyOrders({ shareId, header }: VectorShare) {
  const target = new Uint8Array(69);
  const pieces = [
    [0, 0],
    [2, 300],
  ];
  const order = { shareId, header: header.bytes, target, pieces, deadlineMs: 30_000 };
  return [
    { name: 'replicate', schema: replicateSchema, messages: [order] },
    { name: 'release', schema: releaseSchema, messages: [{ shareId }] },
    {
      name: 'unloaded',
      schema: unloadAnswerSchema,
      messages: [
        { ok: true, drops: [] },
        { ok: true, drops: [{ shareId, pieces }] },
      ],
    },
  ];
}
