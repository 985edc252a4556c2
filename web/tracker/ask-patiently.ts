import type { Refusal } from '../../shared/tracker/refusal.ts';

const MAX_ATTEMPTS = 6;
/** A tracker that asks for more patience than this is as good as away. */
const MAX_PATIENCE_MS = 5000;

/**
 * Asks again where the tracker is busy, each time after twice as long: what it says is when the next message may
 * come, and several may be waiting. Any other answer is returned as it is.
 */
export async function askPatiently<Answer extends { readonly ok: true } | Refusal>(
  ask: () => Promise<Answer | undefined>,
  wait: (ms: number) => Promise<void> = waitFor,
  random: () => number = Math.random,
): Promise<Answer | undefined> {
  let answer = await ask();
  for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1) {
    const delayMs = answer === undefined ? undefined : computeDelayMs(answer);
    if (delayMs === undefined || delayMs > MAX_PATIENCE_MS) return answer;
    await wait(delayMs * 2 ** (attempt - 1) * (1 + random()));
    answer = await ask();
  }
  return answer;
}

function computeDelayMs(answer: { readonly ok: true } | Refusal): number | undefined {
  if (answer.ok || answer.code !== 'rate-limited') return undefined;
  return answer.retryAfterMs;
}

export function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
