import type { BrowserContext } from 'playwright-core';
import type { Page as FirefoxPage } from 'puppeteer-core';

const VIOLATION = 'securitypolicyviolation';
const UNREACHABLE = 'Firefox can’t establish a connection to the server at ws://';

/** What must never happen on any page of any test: an uncaught error, or something that the page's own policy forbids. */
export class PageProblems {
  readonly found: string[] = [];

  async watch(context: BrowserContext): Promise<void> {
    context.on('weberror', (webError) => {
      const error = webError.error();
      this.found.push(error.stack ?? error.message);
    });
    context.on('console', (message) => this.#read(message.text()));
    await context.addInitScript(reportViolations, VIOLATION);
  }

  async watchFirefox(page: FirefoxPage): Promise<void> {
    page.on('pageerror', (error) => {
      // A tracker out of reach is nothing that went wrong on the page; this browser tells of it like of an error.
      if (String(error).includes(UNREACHABLE)) return;
      this.found.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
    page.on('console', (message) => this.#read(message.text()));
    await page.evaluateOnNewDocument(reportViolations, VIOLATION);
  }

  #read(text: string): void {
    if (text.startsWith(VIOLATION) || text.includes('Content Security Policy'))
      this.found.push(text);
  }
}

/** Runs in the page. */
function reportViolations(prefix: string): void {
  addEventListener('securitypolicyviolation', (event) => {
    // oxlint-disable-next-line no-console -- the way out of the page
    console.error(prefix, event.violatedDirective, event.blockedURI, event.sourceFile);
  });
}
