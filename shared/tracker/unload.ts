import * as v from 'valibot';

import { shareIdField } from './id-fields.ts';
import { MAX_OFFERED_BYTES, MAX_SWARMS_PER_PEER } from './limits.ts';
import { rangesField } from './ranges.ts';
import type { Refusal } from './refusal.ts';
import { refusalSchema } from './refusal.ts';

/** A volunteer is about to drop so many bytes at least: which pieces are missed least? */
export const unloadSchema = v.strictObject({
  bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_OFFERED_BYTES)),
});

const dropSchema = v.object({ shareId: shareIdField, pieces: rangesField });

/** What to drop. The tracker's books have forgotten it already. */
const unloadedSchema = v.object({
  ok: v.literal(true),
  drops: v.pipe(v.array(dropSchema), v.maxLength(MAX_SWARMS_PER_PEER)),
});

export const unloadAnswerSchema = v.variant('ok', [unloadedSchema, refusalSchema]);

export type UnloadMessage = v.InferOutput<typeof unloadSchema>;
export type UnloadAnswer = v.InferOutput<typeof unloadedSchema> | Refusal;
