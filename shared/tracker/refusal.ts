import * as v from 'valibot';

import type { Bytes } from '../share/bytes.ts';
import { shareEndField } from './end.ts';

/**
 * Why the tracker did not do as asked.
 * `not-announced`: announce in full first, as after a restart of the tracker.
 * `header-conflict`: the swarm goes by another header that the same key has signed.
 * `over-budget`: a volunteer claims more than it has offered room for.
 * `not-a-volunteer`: offer room first, as after a restart of the tracker.
 * `share-refused`: by whoever runs the tracker.
 * `ended`: its sharer has said that the share ends, and that time has come.
 * `undeliverable`: one answer for a peer that is unknown, elsewhere, gone or ourselves.
 */
export const REFUSAL_CODES = [
  'invalid',
  'not-announced',
  'header-conflict',
  'too-many-swarms',
  'swarm-full',
  'tracker-full',
  'unknown-share',
  'undeliverable',
  'over-budget',
  'not-a-volunteer',
  'share-refused',
  'ended',
  'rate-limited',
  'unavailable',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly retryAfterMs?: number | undefined;
  /** With `ended`: the sharer's word. */
  readonly end?: Bytes | undefined;
}

export const refusalSchema = v.object({
  ok: v.literal(false),
  code: v.picklist(REFUSAL_CODES),
  retryAfterMs: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(3_600_000))),
  end: v.exactOptional(shareEndField),
});

/** The answer to what asks for nothing back. */
export const doneSchema = v.variant('ok', [v.object({ ok: v.literal(true) }), refusalSchema]);

export type Done = { readonly ok: true } | Refusal;
