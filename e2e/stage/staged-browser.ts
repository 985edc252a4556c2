import type { BrowserContext, Page } from 'playwright-core';

interface Staged {
  isVisible: boolean;
  /** How many locks on the screen are held. */
  lockCount: number;
  askCount: number;
  readonly notices: string[];
  readonly icons: string[];
}

declare global {
  interface Window {
    staged: Staged;
  }
}

/**
 * Gives pages that are opened from now on a browser whose screen, notifications and visibility a test can see and set.
 * A person who is asked allows what is asked for.
 */
export async function stageBrowser(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const staged: Staged = { isVisible: true, lockCount: 0, askCount: 0, notices: [], icons: [] };
    window.staged = staged;
    Object.defineProperty(document, 'visibilityState', {
      get: () => (staged.isVisible ? 'visible' : 'hidden'),
    });
    const request = async (): Promise<unknown> => {
      staged.lockCount += 1;
      const sentinel = {
        released: false,
        release: async () => {
          staged.lockCount -= 1;
          sentinel.released = true;
        },
      };
      return sentinel;
    };
    Object.defineProperty(Navigator.prototype, 'wakeLock', { get: () => ({ request }) });
    class StagedNotification extends EventTarget {
      static permission = 'default';
      static async requestPermission(): Promise<void> {
        staged.askCount += 1;
        StagedNotification.permission = 'granted';
      }
      constructor(title: string, options: unknown) {
        super();
        staged.notices.push(`${title} ${JSON.stringify(options)}`);
      }
    }
    Object.defineProperty(window, 'Notification', { value: StagedNotification });
    addEventListener('DOMContentLoaded', () => {
      const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
      if (icon === null) return;
      new MutationObserver(() => staged.icons.push(icon.href)).observe(icon, { attributes: true });
    });
  });
}

/** As if the person went to another tab, or came back. */
export async function setVisible(page: Page, isVisible: boolean): Promise<void> {
  await page.evaluate((isVisible) => {
    window.staged.isVisible = isVisible;
    document.dispatchEvent(new Event('visibilitychange'));
  }, isVisible);
}

export function readStaged(page: Page): Promise<Staged> {
  return page.evaluate(() => window.staged);
}

/** Closes the page as a person does. True where the browser asks first; then the person stays. */
export async function isAskedBeforeClosing(page: Page): Promise<boolean> {
  const asked = page.waitForEvent('dialog').then(async (dialog) => {
    await dialog.dismiss();
    return dialog.type() === 'beforeunload';
  });
  const closed = page.waitForEvent('close').then(() => false);
  await page.close({ runBeforeUnload: true });
  const isAsked = await Promise.race([asked, closed]);
  // Whichever did not come is not waited for.
  asked.catch(() => undefined);
  closed.catch(() => undefined);
  return isAsked;
}
