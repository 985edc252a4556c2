import * as v from 'valibot';

import { MAX_OFFERED_BYTES } from './limits.ts';

const bytesField = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(0),
  v.maxValue(MAX_OFFERED_BYTES),
);

/** Room for sealed pieces of anybody's shares, said anew whenever it changes; replaces what was offered before. */
const offerSchema = v.strictObject({
  /** How much more may be kept. */
  freeBytes: bytesField,
  /** What is kept already, sealed pieces of all shares together; without it nothing. */
  heldBytes: v.exactOptional(bytesField),
});

/** No room any more, for anything: the tracker forgets what this peer keeps as a volunteer. */
const withdrawSchema = v.strictObject({ withdraw: v.literal(true) });

export const volunteerSchema = v.union([offerSchema, withdrawSchema]);

export type VolunteerMessage = v.InferOutput<typeof volunteerSchema>;
