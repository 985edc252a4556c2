import * as v from 'valibot';

import { shareIdField } from './id-fields.ts';

/** Forgets what this peer holds of the share. */
export const leaveSchema = v.strictObject({ shareId: shareIdField });

export type LeaveMessage = v.InferOutput<typeof leaveSchema>;
