import * as v from 'valibot';

import { MAX_RETRY_AFTER_MS } from './limits.ts';

/** Tracker to peer, last on a connection: it stops, and this peer is to come again after that time. */
export const drainingSchema = v.object({
  retryAfterMs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_RETRY_AFTER_MS)),
});

export type DrainingMessage = v.InferOutput<typeof drainingSchema>;
