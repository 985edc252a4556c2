import type { BrowserContext } from 'playwright-core';

const VIOLATION = 'securitypolicyviolation';

/** What must never happen on any page of any test: an uncaught error, or something that the page's own policy forbids. */
export class PageProblems {
  readonly found: string[] = [];

  async watch(context: BrowserContext): Promise<void> {
    context.on('weberror', (webError) => {
      const error = webError.error();
      this.found.push(error.stack ?? error.message);
    });
    context.on('console', (message) => {
      const text = message.text();
      if (text.startsWith(VIOLATION) || text.includes('Content Security Policy'))
        this.found.push(text);
    });
    await context.addInitScript((prefix) => {
      addEventListener('securitypolicyviolation', (event) => {
        // oxlint-disable-next-line no-console -- the way out of the page
        console.error(prefix, event.violatedDirective, event.blockedURI, event.sourceFile);
      });
    }, VIOLATION);
  }
}
