import type { Locator, Page } from 'playwright-core';
import { vi } from 'vitest';
import { countStoredPieces } from './stored-pieces.ts';

const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 30_000;

/** What a person sees of volunteering, found by what assistive tools find. */
export class VolunteerPanelOnPage {
  readonly root: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.root = page.getByRole('region', { name: 'Help keep files available' });
  }

  /** Without a mouse. */
  async press(): Promise<void> {
    await this.#switch().focus();
    await this.#page.keyboard.press('Space');
  }

  /** Resolves when it is turned on, or off. */
  waitForSwitch(checked: boolean): Promise<void> {
    return this.#switch(checked).waitFor();
  }

  /** Resolves when it says that it keeps so much: "3.0 MB". */
  waitForHeld(amount: string): Promise<void> {
    return this.root.getByText(`Keeping ${amount} of`).waitFor();
  }

  /** Pieces of others that are on the disk. */
  countPieces(): Promise<number> {
    return this.#page.evaluate(countStoredPieces, 'peerify-volunteer-pieces' as const);
  }

  waitForPieces(count: number): Promise<void> {
    return vi.waitFor(
      async () => {
        const kept = await this.countPieces();
        if (kept !== count) throw new Error(`${kept} pieces are kept`);
      },
      { interval: LOOK_EVERY_MS, timeout: PATIENCE_MS },
    );
  }

  #switch(checked?: boolean): Locator {
    const name = 'Help keep files available';
    return this.root.getByRole('switch', checked === undefined ? { name } : { name, checked });
  }
}
