import * as v from 'valibot';

import { shareIdField } from './id-fields.ts';

/** A volunteer will keep nothing of this share, and is not to be asked again on this connection. */
export const declineSchema = v.strictObject({ shareId: shareIdField });

export type DeclineMessage = v.InferOutput<typeof declineSchema>;
