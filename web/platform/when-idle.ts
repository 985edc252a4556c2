/** Resolves when the browser has drawn the page and has nothing more urgent to do. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') {
      requestIdleCallback(() => resolve(), { timeout: 5_000 });
    } else setTimeout(resolve, 1_000);
  });
}
