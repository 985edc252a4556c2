import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as passTime } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import type { Row } from '../../report.ts';
import { computeSha256 } from '../../../e2e/files/compute-sha256.ts';
import { openBrowser } from '../browser.ts';
import { withHideableBrowser } from '../hideable-browser.ts';
import { shareFile } from '../peerify.ts';
import type { SampleFile } from '../sample-file.ts';
import { withScratchFolder, writeSampleFile } from '../sample-file.ts';
import { Screen } from '../screen.ts';

/** Long enough for a browser to end an idle worker twice, and for the page to let go of a Blob. */
const OPEN_MS = 70_000;
const LOOK_EVERY_MS = 500;
const SAVED_WITHIN_MS = 60_000;
/** The title of Chromium's own dialog, and of that which a page asks for. */
const TITLE = 'Save File|this site can see edits';

interface Dialog {
  readonly name: string;
  /** Up to 32 MiB become a Blob, and more is streamed by the service worker. */
  readonly megabytes: number;
  /** The browser asks for each download where to save it; otherwise it is the dialog of "Save as…". */
  readonly isBrowsers: boolean;
}

const DIALOGS: readonly Dialog[] = [
  { name: 'streamed', megabytes: 80, isBrowsers: true },
  { name: 'blob', megabytes: 10, isBrowsers: true },
  { name: 'saveAs', megabytes: 40, isBrowsers: false },
];

/**
 * Real save dialogs that stay open for 70 s before they are accepted, all at once. Gives the seconds from then to the
 * whole file, which is compared; throws where it never comes or is another one.
 */
export function measureDialog(url: string): Promise<Row> {
  return withScratchFolder(async (folder) => {
    const sharer = await openBrowser(folder, 'sharer');
    try {
      const entries = await Promise.all(
        DIALOGS.map((dialog) =>
          withScratchFolder(async (own) => {
            const sample = await writeSampleFile(own, dialog.megabytes);
            const page = await sharer.context.newPage();
            await page.goto(url);
            const link = await shareFile(page, sample.file);
            return [`${dialog.name}S`, await leaveOpen(own, dialog, { link, ...sample })] as const;
          }),
        ),
      );
      return { openS: OPEN_MS / 1000, ...Object.fromEntries(entries) };
    } finally {
      await sharer.context.close();
    }
  });
}

interface Course extends SampleFile {
  readonly link: string;
}

function leaveOpen(folder: string, { isBrowsers }: Dialog, course: Course): Promise<number> {
  return Screen.with(async (screen) => {
    await writePreferences(join(folder, 'receiver'), folder, isBrowsers);
    const options = { flags: [], environment: screen.environment };
    const work = async (page: Page): Promise<number> => {
      await page.goto(course.link);
      await page.getByRole('button', { name: 'Download', exact: true }).click();
      if (!isBrowsers) await openSaveAs(page);
      const window = await screen.findWindow(TITLE);
      await passTime(OPEN_MS);
      const picked = join(folder, 'picked.bin');
      await screen.press(window, 'ctrl+a');
      await screen.type(window, picked);
      const acceptedMs = performance.now();
      // Return would close no more than the list of names that begin like this one.
      await screen.pressUntilGone(TITLE, 'alt+s');
      await waitForFile(picked, course);
      return (performance.now() - acceptedMs) / 1000;
    };
    return withHideableBrowser(folder, 'receiver', work, options);
  });
}

/** Once the browser has saved it in its own way. */
async function openSaveAs(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save again' }).waitFor();
  await page.getByRole('button', { name: 'Save as…' }).click();
}

/** As a person sets it who wants to be asked, or not. */
async function writePreferences(profile: string, folder: string, isAsked: boolean): Promise<void> {
  await mkdir(join(profile, 'Default'), { recursive: true });
  const download = { prompt_for_download: isAsked, default_directory: folder };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify({ download }));
}

/** The whole of it, and nothing else. */
async function waitForFile(path: string, { fileBytes, digest }: Course): Promise<void> {
  const deadlineMs = performance.now() + SAVED_WITHIN_MS;
  for (;;) {
    const size = (await stat(path).catch(() => undefined))?.size;
    if (size === fileBytes && (await computeSha256(path)) === digest) return;
    if (performance.now() > deadlineMs) throw new Error(`${size} bytes were saved`);
    await passTime(LOOK_EVERY_MS);
  }
}
