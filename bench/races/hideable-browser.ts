import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

import { CHROMIUM_FLAGS, locateChromium } from '../../e2e/browser/launch-chromium.ts';

const START_TIMEOUT_MS = 20_000;

interface HideableOptions {
  /** Beside ours. */
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * A browser whose tabs can be hidden while `work` runs: one that playwright starts has its tabs believe that they are always in
 * front, and never slows their timers down. Its first tab is open and visible.
 */
export async function withHideableBrowser<Result>(
  scratchFolder: string,
  name: string,
  work: (page: Page) => Promise<Result>,
  { flags = ['--headless'], environment = process.env }: HideableOptions = {},
): Promise<Result> {
  const folder = join(scratchFolder, name);
  const child = spawn(
    locateChromium(),
    [
      ...CHROMIUM_FLAGS,
      ...flags,
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: environment },
  );
  const killNow = (): unknown => child.kill('SIGKILL');
  process.once('exit', killNow);
  try {
    const browser = await chromium.connectOverCDP(await readAddress(child), {
      isLocal: true,
      noDefaults: true,
    });
    try {
      const [context] = browser.contexts();
      return await work(await findPage(context));
    } finally {
      await (await browser.newBrowserCDPSession()).send('Browser.close').catch(() => undefined);
      await browser.close();
    }
  } finally {
    killNow();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    process.off('exit', killNow);
  }
}

/** Puts a new tab before this one. */
export async function hide(page: Page): Promise<void> {
  await (await page.context().newPage()).bringToFront();
  await page.waitForFunction(() => document.visibilityState === 'hidden', undefined, {
    polling: 50,
  });
}

async function findPage(context: BrowserContext | undefined): Promise<Page> {
  if (context === undefined) throw new Error('the browser has no profile');
  return context.pages()[0] ?? context.newPage();
}

/** The browser tells where it can be driven. */
async function readAddress(child: ChildProcess): Promise<string> {
  if (child.stderr === null) throw new Error('the browser cannot be heard');
  const timeout = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
  try {
    for await (const line of createInterface({ input: child.stderr })) {
      const address = /^DevTools listening on (ws:\S+)$/u.exec(line)?.[1];
      if (address !== undefined) return address;
    }
    throw new Error('the browser did not start');
  } finally {
    clearTimeout(timeout);
    child.stderr.resume();
  }
}
