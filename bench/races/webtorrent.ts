import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

import type { WebTorrentStore } from './pages/webtorrent-client.ts';
import type { WebTorrentTimes } from './pages/webtorrent-race.ts';
import { withBrowsers } from './browser.ts';
import { withPageServer } from './page-server.ts';

const RIVALS = join(import.meta.dirname, '../rivals');

/** As bench/rivals installs them: the newest, and the last 2.8. Their browser bundles are used in the same way. */
export const WEBTORRENTS = ['webtorrent', 'webtorrent-2'] as const;

export type WebTorrentPackage = (typeof WEBTORRENTS)[number];

export interface WebTorrentResult extends WebTorrentTimes {
  readonly linkMs: number;
}

/** Installs the rivals where they are missing. Returns what went wrong, or undefined. */
export async function installRivals(): Promise<string | undefined> {
  if (await areInstalled()) return undefined;
  // No scripts: a dependency's insists on another package manager. And whatever Node WebTorrent asks for, it runs in
  // the browser here; without this flag the strictness of our own .npmrc comes along in npm's environment.
  const install = spawn('npm', ['ci', '--ignore-scripts', '--no-engine-strict'], {
    cwd: RIVALS,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const code: unknown = await Promise.race([
    once(install, 'exit').then(([exitCode]: unknown[]) => exitCode),
    once(install, 'error').then(() => 'npm is missing'),
  ]);
  if (code !== 0) return `npm ci in bench/rivals ended with ${String(code)}`;
  return (await areInstalled()) ? undefined : 'WebTorrent came without its browser bundle';
}

/** WebTorrent in the same kind of processes, with the same file. */
export function raceWebTorrent(
  scratchFolder: string,
  script: string,
  file: string,
  rival: WebTorrentPackage,
  store: WebTorrentStore,
): Promise<WebTorrentResult> {
  const names = [`${rival}-${store}-seed`, `${rival}-${store}-leech`] as const;
  return withWebTorrentTracker((trackerUrl) =>
    withPageServer({ '/webtorrent.min.js': locateBundle(rival) }, (url) =>
      withBrowsers(scratchFolder, names, async (seeder, leecher) => {
        for (const { page } of [seeder, leecher]) {
          await page.addInitScript(script);
          await page.goto(url);
        }
        await seeder.page.locator('input').setInputFiles(file);
        const { magnet, linkMs } = await seeder.page.evaluate(
          ([tracker, kind]) => window.webTorrentRace.seed(tracker, kind),
          [trackerUrl, store] as const,
        );
        const times = await leecher.page.evaluate(
          ([link, kind]) => window.webTorrentRace.leech(link, kind),
          [magnet, store] as const,
        );
        return { ...times, linkMs };
      }),
    ),
  );
}

export function locateBundle(rival: WebTorrentPackage): string {
  return join(RIVALS, 'node_modules', rival, 'dist/webtorrent.min.js');
}

async function areInstalled(): Promise<boolean> {
  const found = await Promise.all(WEBTORRENTS.map((rival) => exists(locateBundle(rival))));
  return found.every(Boolean);
}

/** Runs WebTorrent's own tracker while `work` runs. */
export async function withWebTorrentTracker<Result>(
  work: (url: string) => Promise<Result>,
  host = '127.0.0.1',
): Promise<Result> {
  const tracker = spawn(process.execPath, ['websocket-tracker.mjs', host], {
    cwd: RIVALS,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    return await work(await readAddress(tracker));
  } finally {
    tracker.stdin.end();
  }
}

async function readAddress(
  tracker: ChildProcessByStdio<Writable, Readable, null>,
): Promise<string> {
  const lines = createInterface({ input: tracker.stdout });
  const address = await Promise.race([
    once(lines, 'line').then(([line]: unknown[]) => line),
    once(lines, 'close').then(() => undefined),
  ]);
  if (typeof address !== 'string') throw new Error('the rival’s tracker did not start');
  return address;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
