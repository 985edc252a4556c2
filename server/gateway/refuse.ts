import type { Refusal, RefusalCode } from '../../shared/tracker/refusal.ts';

export function refuse(code: RefusalCode, retryAfterMs?: number): Refusal {
  return retryAfterMs === undefined ? { ok: false, code } : { ok: false, code, retryAfterMs };
}
