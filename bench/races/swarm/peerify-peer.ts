import { rm } from 'node:fs/promises';

import type { Page } from 'playwright-core';

import type { ChannelReport } from '../pages/channel-probe.ts';
import type { LeecherProgress } from './completion.ts';
import type { SwarmCourse } from './course.ts';
import { computeSha256 } from '../../../e2e/files/compute-sha256.ts';
import { shareFile } from '../peerify.ts';

/** Times of the wall clock, in milliseconds. */
export interface FinishedDownload extends LeecherProgress {
  readonly pressedAtMs: number;
  readonly firstBlockAtMs: number;
  readonly report: ChannelReport;
}

export interface WaitingDownload {
  readonly page: Page;
  /** Presses Download at that time; resolves when the file is saved, and is the one that was shared. */
  readonly pressAt: (atMs: number) => Promise<FinishedDownload>;
}

/** Shares the course's file from a page that is not open yet; resolves with the link. */
export async function shareFrom(page: Page, course: SwarmCourse): Promise<string> {
  await page.addInitScript(course.scripts.channels);
  await page.goto(course.url);
  return shareFile(page, course.file);
}

/** Opens the link, up to where Download could be pressed. */
export async function prepareDownload(
  page: Page,
  course: SwarmCourse,
  link: string,
): Promise<WaitingDownload> {
  await page.addInitScript(course.scripts.receiver);
  await page.addInitScript(course.scripts.channels);
  await page.goto(link);
  await page.getByRole('button', { name: 'Download' }).waitFor();
  return { page, pressAt: (atMs) => download(page, course, atMs) };
}

async function download(page: Page, course: SwarmCourse, atMs: number): Promise<FinishedDownload> {
  const downloading = page.waitForEvent('download', { timeout: 0 });
  // A page that is killed meanwhile has told its end already.
  downloading.catch(() => undefined);
  await page.evaluate(pressDownloadAt, atMs);
  const times = await page.evaluate(() => window.receiverProbe.verified);
  const { report, originMs } = await page.evaluate(() => ({
    report: window.channelProbe.report(),
    originMs: performance.timeOrigin,
  }));
  const path = await (await downloading).path();
  if ((await computeSha256(path)) !== course.digest) throw new Error('other bytes were saved');
  await rm(path);
  return {
    pressedAtMs: originMs + times.pressedAtMs,
    firstBlockAtMs: originMs + times.firstBlockAtMs,
    doneAtMs: originMs + times.verifiedAtMs,
    stepAtMs: report.verifiedAtMs,
    report,
  };
}

/** Runs in the page. */
function pressDownloadAt(atMs: number): Promise<void> {
  const buttons = [...document.querySelectorAll('button')];
  const button = buttons.find(({ textContent }) => textContent.trim() === 'Download');
  return new Promise((resolve) => {
    setTimeout(() => {
      button?.click();
      resolve();
    }, atMs - Date.now());
  });
}
