import type { Page } from 'playwright-core';

/**
 * Listens from now on as a screen reader does: to what changes in live regions and alerts. What it returns gives
 * all that was said so far, each with the region's whole text.
 */
export async function recordAnnouncements(page: Page): Promise<() => Promise<string[]>> {
  const heard = await page.evaluateHandle(() => {
    const regions = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
    const said: string[] = [];
    const last = new WeakMap<Element, string>();
    const listen = (region: Element): void => {
      const text = region.textContent.trim();
      if (text !== '' && last.get(region) !== text) said.push(text);
      last.set(region, text);
    };
    for (const region of document.querySelectorAll(regions)) {
      last.set(region, region.textContent.trim());
    }
    new MutationObserver((mutations) => {
      for (const { target, addedNodes } of mutations) {
        const element = target instanceof Element ? target : target.parentElement;
        const around = element?.closest(regions);
        if (around) listen(around);
        for (const node of addedNodes) {
          if (!(node instanceof Element)) continue;
          if (node.matches(regions)) listen(node);
          for (const region of node.querySelectorAll(regions)) listen(region);
        }
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    return said;
  });
  return () => heard.evaluate((said) => said);
}
