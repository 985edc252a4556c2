import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { vi } from 'vitest';
import { ShareCardOnPage } from './share-card.ts';
import { alterStoredPieces, countRememberedShares, deleteStoredPieces } from './stored-pieces.ts';
import { VolunteerPanelOnPage } from './volunteer-panel.ts';
import { waitForStoredPieces } from './wait-for-stored-pieces.ts';

type ChosenFiles = Parameters<ReturnType<Page['getByLabel']>['setInputFiles']>[0];

/** One tab with the page open. */
export class Tab {
  readonly page: Page;
  readonly #url: string;
  #limiter: CDPSession | undefined;

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  async openStart(): Promise<void> {
    await this.page.goto(this.#url);
    await this.page.getByLabel('Choose files', { exact: true }).waitFor({ state: 'attached' });
  }

  /** Follows a link as a person does who has nothing else open. */
  async openLink(link: string): Promise<ShareCardOnPage> {
    await this.page.goto(link);
    await this.card().root.waitFor();
    return this.card();
  }

  async share(files: ChosenFiles): Promise<ShareCardOnPage> {
    await this.page.getByLabel('Choose files', { exact: true }).setInputFiles(files);
    await this.card().root.waitFor();
    return this.card();
  }

  /** Pastes a file ID or link into the start page's field. */
  async openPasted(text: string): Promise<ShareCardOnPage> {
    await this.submit(text);
    await this.card().root.waitFor();
    return this.card();
  }

  async submit(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'File ID or link' }).fill(text);
    await this.page.getByRole('button', { name: 'Open', exact: true }).click();
  }

  /** Resolves when the page tells of a problem in these words. */
  waitForNotice(sentence: string): Promise<void> {
    return this.page.getByRole('alert').filter({ hasText: sentence }).waitFor();
  }

  /** Resolves when that part of the pieces of a file of that size, the only share of its browser, is stored there. */
  waitForStoredPieces(size: number, part?: number): Promise<void> {
    return waitForStoredPieces(size, (count) => this.page.evaluate(count), part);
  }

  /** Resolves when this browser remembers so many shares. */
  async waitForRemembered(count: number): Promise<void> {
    await vi.waitFor(
      async () => {
        const remembered = await this.page.evaluate(countRememberedShares);
        if (remembered !== count) throw new Error(`${remembered} shares are remembered`);
      },
      { interval: 100, timeout: 10_000 },
    );
  }

  /** Lets this tab send that fast and no faster, to peers too; undefined lifts the limit. */
  limitUpload(bytesPerSecond: number | undefined): Promise<void> {
    return this.#limit(bytesPerSecond ?? -1, false);
  }

  /**
   * Has the page know that it is offline, and lets through next to nothing. Of connections to peers only those notice
   * that were made under a limit; a websocket stays as it is.
   */
  goOffline(): Promise<void> {
    return this.#limit(1, true);
  }

  async #limit(bytesPerSecond: number, offline: boolean): Promise<void> {
    this.#limiter ??= await this.context.newCDPSession(this.page);
    await this.#limiter.send('Network.emulateNetworkConditions', {
      offline,
      latency: 0,
      downloadThroughput: offline ? bytesPerSecond : -1,
      uploadThroughput: bytesPerSecond,
    });
  }

  /** Gives the page's origin room for so many bytes and no more. Returns what takes that back. */
  async limitStorage(quotaSize: number): Promise<() => Promise<void>> {
    const session = await this.context.newCDPSession(this.page);
    await session.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(this.#url).origin,
      quotaSize,
    });
    return () => session.detach();
  }

  /** Deletes the database with the pieces, as the person can in the browser's tools. */
  async deletePieces(): Promise<void> {
    await this.page.evaluate(deleteStoredPieces);
  }

  /** Takes away all of the origin's databases, as a browser does that runs out of room. */
  async clearStorage(): Promise<void> {
    const session = await this.context.newCDPSession(this.page);
    const origin = new URL(this.#url).origin;
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    await session.detach();
  }

  /** Changes some bytes of one piece in every value in which pieces are stored. Resolves with how many pieces. */
  alterPieces(): Promise<number> {
    return this.page.evaluate(alterStoredPieces);
  }

  /** Sets "Send at most" or "Receive at most", as a person does. */
  async setRate(label: string, choice: string): Promise<void> {
    const limits = this.page.locator('details', { hasText: 'Speed limits' });
    if ((await limits.getAttribute('open')) === null) await limits.locator('summary').click();
    await this.page.getByLabel(label, { exact: true }).selectOption(choice);
  }

  get volunteering(): VolunteerPanelOnPage {
    return new VolunteerPanelOnPage(this.page);
  }

  /** The newest card, or the one of that name. */
  card(name?: string): ShareCardOnPage {
    const cards = this.page.getByRole('article', name === undefined ? {} : { name, exact: true });
    return new ShareCardOnPage(cards.first());
  }
}
