/** Runs in the page. What has that name for assistive tools among what the selector finds, in the first part of that kind. */
export function findNamed(part: string, selector: string, name: string): Element | undefined {
  for (const one of document.querySelector(part)?.querySelectorAll(selector) ?? []) {
    const labels = 'labels' in one && one.labels instanceof NodeList ? one.labels : [];
    const [label = one] = labels;
    // A button may hold more, for what it says once it was pressed.
    const [line] = label instanceof HTMLElement ? label.innerText.split('\n') : [];
    if ((one.getAttribute('aria-label') ?? line)?.trim() === name) return one;
  }
  return undefined;
}
