import type { Page } from 'playwright-core';

/** Opens what the card keeps folded up: the piece map, rates and peers. */
export async function showDetails(page: Page): Promise<void> {
  const summary = page
    .getByRole('article')
    .locator('summary')
    .filter({ hasText: /^Details$/u });
  await summary.waitFor();
  const isOpen = await summary.evaluate(({ parentElement }) => parentElement?.hasAttribute('open'));
  if (isOpen !== true) await summary.click();
  await page.locator('.details canvas').first().waitFor();
}
