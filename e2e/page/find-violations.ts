import type { BrowserContext, Page } from 'playwright-core';
import axe from 'axe-core';

declare global {
  interface Window {
    axe: Pick<typeof axe, 'run'>;
  }
}

/** Makes pages that are opened from now on able to look at themselves, whatever their policy says of scripts. */
export async function prepareToLook(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: axe.source });
}

/**
 * What stands in the way of people with assistive tools, as far as axe-core sees it: one line for each element. By
 * these rules alone, where some are named.
 */
export function findViolations(page: Page, rules?: string[]): Promise<string[]> {
  return page.evaluate(async (rules) => {
    const options =
      rules === undefined ? {} : { runOnly: { type: 'rule' as const, values: rules } };
    // Of what is as it should be one example will do: to describe each takes longer than to find the others.
    const { violations } = await window.axe.run({ ...options, resultTypes: ['violations'] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) =>
          `${id}: ${help}: ${target.join(' ')} ${failureSummary ?? ''}`,
      ),
    );
  }, rules);
}
