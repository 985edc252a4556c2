import type { BrowserContext, Page } from 'playwright-core';
import { ShareCardOnPage } from './share-card.ts';

type ChosenFiles = Parameters<ReturnType<Page['getByLabel']>['setInputFiles']>[0];

/** One tab with the page open. */
export class Tab {
  readonly page: Page;
  readonly #url: string;

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

  /** The newest card, or the one of that name. */
  card(name?: string): ShareCardOnPage {
    const cards = this.page.getByRole('article', name === undefined ? {} : { name, exact: true });
    return new ShareCardOnPage(cards.first());
  }
}
