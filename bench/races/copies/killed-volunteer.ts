import { join } from 'node:path';

import type { BrowserContext, Page } from 'playwright-core';

import type { Row } from '../../report.ts';
import type { CopiesCourse } from './course.ts';
import { Profile } from '../../../e2e/stage/profile.ts';
import { computeGeometry, computeSealedLength } from '../../../shared/share/geometry.ts';
import { openBrowser } from '../browser.ts';
import { shareFile } from '../peerify.ts';
import { readKeptPieces } from './kept-pieces.ts';
import { PATIENCE_MS, volunteer, VOLUNTEERS, waitUntilTold } from './course.ts';

/** Slow enough for what is lost to take seconds, and for the machine not to be the limit. */
const UPLOAD_BYTES_PER_SECOND = 1e6;
const LOOK_EVERY_MS = 50;
/** Bytes of the file list of one file, about. */
const INDEX_BYTES = 80;

interface Survivor {
  readonly page: Page;
  /** Before the other died. */
  readonly pieces: ReadonlySet<number>;
}

/**
 * Two copies with three volunteers, and the sharer gone. One volunteer's browser is killed (kill -9): what it held has
 * one copy left, with one of the others, which sends it to the other one at a given rate.
 */
export async function runKilledVolunteer(course: CopiesCourse): Promise<Row> {
  const opened: BrowserContext[] = [];
  const keep = async (context: BrowserContext): Promise<void> => void opened.push(context);
  const profiles = VOLUNTEERS.map((name) => new Profile(join(course.profiles, name), keep));
  try {
    const pages: Page[] = [];
    for (const profile of profiles) pages.push(await openVolunteer(profile, course.url));
    await shareAndLeave(course);
    const [victim, ...rest] = profiles;
    const survivors = await Promise.all(pages.slice(1).map(prepareSurvivor));
    if (victim === undefined || rest.length === 0) throw new Error('three volunteers were opened');
    await victim.kill();
    return await watchRepair(course, survivors, performance.now());
  } finally {
    await Promise.allSettled(opened.map((context) => context.close()));
  }
}

async function openVolunteer(profile: Profile, url: string): Promise<Page> {
  const context = await profile.open();
  const page = context.pages()[0] ?? (await context.newPage());
  await volunteer(page, url);
  return page;
}

async function shareAndLeave({ profiles, url, file }: CopiesCourse): Promise<void> {
  const { page, context } = await openBrowser(profiles, 'sharer');
  await page.goto(url);
  await shareFile(page, file);
  await waitUntilTold(page);
  await context.close();
}

async function prepareSurvivor(page: Page): Promise<Survivor> {
  await page.getByLabel('Send at most').selectOption(String(UPLOAD_BYTES_PER_SECOND));
  return { page, pieces: new Set(await page.evaluate(readKeptPieces)) };
}

async function watchRepair(
  { fileBytes }: CopiesCourse,
  survivors: readonly Survivor[],
  killedAtMs: number,
): Promise<Row> {
  const geometry = computeGeometry(fileBytes + INDEX_BYTES);
  const all = Array.from({ length: geometry.pieceCount }, (_, piece) => piece);
  const missing = survivors.map(({ pieces }) => all.filter((piece) => !pieces.has(piece)));
  const missingBytes = missing.map((pieces) =>
    pieces.reduce((sum, piece) => sum + computeSealedLength(geometry, piece), 0),
  );
  let startedAtMs = Number.NaN;
  let nowMs = killedAtMs;
  let left = missing.flat().length;
  const lost = left;
  while (left > 0 && nowMs - killedAtMs < PATIENCE_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const kept = await Promise.all(survivors.map(({ page }) => page.evaluate(readKeptPieces)));
    nowMs = performance.now();
    left = survivors.length * all.length - kept.flat().length;
    if (left < lost && Number.isNaN(startedAtMs)) startedAtMs = nowMs;
  }
  // Each sends what the other lacks, at the same time.
  const idealS = Math.max(...missingBytes) / UPLOAD_BYTES_PER_SECOND;
  return {
    killedRepaired: left === 0 ? 1 : 0,
    killedLostMB: missingBytes.reduce((sum, bytes) => sum + bytes, 0) / 1e6,
    killedRepairStartS: (startedAtMs - killedAtMs) / 1000,
    killedRepairS: (nowMs - startedAtMs) / 1000,
    killedIdealS: idealS,
    killedRepairToIdeal: (nowMs - startedAtMs) / 1000 / idealS,
    killedAllToIdeal: (nowMs - killedAtMs) / 1000 / idealS,
  };
}
