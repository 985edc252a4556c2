const GESTURES = ['pointerdown', 'keydown', 'dragenter', 'paste'];

/**
 * Loads once a person does anything at all: what that leads to is then there without waiting, and does not delay the
 * empty page. Returns what stops it.
 */
export function loadAtFirstGesture(page: EventTarget, load: () => Promise<unknown>): () => void {
  const stopping = new AbortController();
  const begin = (): void => {
    stopping.abort();
    // Who needs it tries again, and says so if that fails, too.
    load().catch(() => undefined);
  };
  for (const gesture of GESTURES) {
    page.addEventListener(gesture, begin, { signal: stopping.signal, passive: true });
  }
  return () => stopping.abort();
}
