import type { Download, Locator } from 'playwright-core';
import { readSentBytes } from './read-sent-bytes.ts';

export type StatusWord =
  | 'Waiting for peers'
  | 'Connecting'
  | 'Downloading'
  | 'Verifying'
  | 'Complete'
  | 'Sharing'
  | 'Paused'
  | 'Failed';

/** One share's card, found by what assistive tools find. */
export class ShareCardOnPage {
  readonly root: Locator;

  constructor(root: Locator) {
    this.root = root;
  }

  link(): Promise<string> {
    return this.root.getByRole('textbox', { name: 'Share link' }).inputValue();
  }

  async fileId(): Promise<string> {
    return new URL(await this.link()).hash.slice(1);
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  async text(): Promise<string> {
    return (await this.root.innerText()).replace(/\s+/g, ' ');
  }

  /** Resolves when the status begins with that word. */
  waitForStatus(word: StatusWord | `Complete · ${string}`, timeoutMs = 120_000): Promise<void> {
    const status = this.root.getByRole('status').filter({ hasText: new RegExp(`^${word}`) });
    return status.waitFor({ timeout: timeoutMs });
  }

  async percent(): Promise<number> {
    const bar = this.root.getByRole('progressbar', { name: 'Progress' });
    return Number(await bar.getAttribute('aria-valuenow'));
  }

  /** Resolves with the value as soon as the progress bar has reached `minimum` percent. */
  waitForPercent(minimum: number): Promise<number> {
    return this.root.evaluate(
      (card, minimum) =>
        new Promise<number>((resolve) => {
          const look = (): void => {
            const value = card.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow');
            if (Number(value ?? -1) < minimum) return;
            observer.disconnect();
            resolve(Number(value));
          };
          const observer = new MutationObserver(look);
          observer.observe(card, { subtree: true, childList: true, attributes: true });
          look();
        }),
      minimum,
    );
  }

  /** Watches the progress bar from now on. What it returns stops that and gives the longest standstill. */
  async watchStandstillMs(): Promise<() => Promise<number>> {
    const watch = await this.root.evaluateHandle((card) => {
      const found = { longestMs: 0, sinceMs: performance.now(), stop: () => {} };
      const look = (): void => {
        found.longestMs = Math.max(found.longestMs, performance.now() - found.sinceMs);
        found.sinceMs = performance.now();
      };
      const observer = new MutationObserver(look);
      observer.observe(card, { subtree: true, attributeFilter: ['aria-valuenow'] });
      found.stop = () => {
        look();
        observer.disconnect();
      };
      return found;
    });
    return () =>
      watch.evaluate((found) => {
        found.stop();
        return Math.round(found.longestMs);
      });
  }

  /** Bytes that this tab has sent to others, as it shows them; 0 where it shows none. */
  async sentBytes(): Promise<number> {
    return readSentBytes(await this.text());
  }

  /** The way in for the sharer's files where they are wanted again. */
  get chooseAgain(): Locator {
    return this.root.getByLabel('Choose the files again');
  }

  /** The same for a share that was a folder. */
  get chooseFolderAgain(): Locator {
    return this.root.getByLabel('Choose the folder again');
  }

  /** Presses Download and resolves with the browser's download, which begins once every piece is here. */
  async download(timeoutMs = 120_000): Promise<Download> {
    const saving = this.nextDownload(timeoutMs);
    await this.button('Download').click();
    return saving;
  }

  /** The browser's next download, or the next one under that name. */
  nextDownload(timeoutMs = 120_000, name?: string): Promise<Download> {
    return this.root.page().waitForEvent('download', {
      timeout: timeoutMs,
      predicate: (download) => name === undefined || download.suggestedFilename() === name,
    });
  }
}
