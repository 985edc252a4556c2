import { randomFillSync } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Row } from '../../report.ts';
import { rotateArms } from '../../report.ts';
import { withBrowsers } from '../browser.ts';
import { bundlePageScript } from '../page-script.ts';
import { withScratchFolder } from '../sample-file.ts';

const FILE_COUNT = 5_000;
const FILES_A_FOLDER = 100;
const FILE_BYTES = 8_000;

/** A folder of 5,000 small files against one file of as many bytes: from pressing Download to the saved zip, or file. */
export function raceFolder(url: string, repeat: number): Promise<Row> {
  return withScratchFolder(async (folder) => {
    const probe = await bundlePageScript('receiver-probe');
    const arms = [
      { name: 'folder', label: 'Choose a folder', path: await writeFolder(folder) },
      { name: 'oneFile', label: 'Choose files', path: await writeOneFile(folder) },
    ];
    const seconds: Record<string, number> = {};
    for (const { name, label, path } of rotateArms(arms, repeat)) {
      const { savedS, verifiedS } = await withScratchFolder((profiles) =>
        timeDownload(profiles, { url, probe, label, path }),
      );
      seconds[`${name}S`] = savedS;
      seconds[`${name}VerifiedS`] = verifiedS;
    }
    const { folderS = Number.NaN, oneFileS = Number.NaN } = seconds;
    return { ...seconds, folderSpeedToOneFile: oneFileS / folderS };
  });
}

interface Course {
  readonly url: string;
  readonly probe: string;
  readonly label: string;
  readonly path: string;
}

interface Times {
  readonly verifiedS: number;
  readonly savedS: number;
}

function timeDownload(profiles: string, { url, probe, label, path }: Course): Promise<Times> {
  return withBrowsers(profiles, ['sharer', 'receiver'], async (sharer, { page }) => {
    await sharer.page.goto(url);
    await sharer.page.getByLabel(label, { exact: true }).setInputFiles(path);
    const link = await sharer.page.getByLabel('Share link').inputValue();
    await page.addInitScript(probe);
    await page.goto(link);
    const button = page.getByRole('button', { name: 'Download', exact: true });
    await button.waitFor();
    const downloading = page.waitForEvent('download', { timeout: 0 });
    const startedAtMs = performance.now();
    await button.click();
    const saved = await (await downloading).path();
    const savedMs = performance.now() - startedAtMs;
    await rm(saved);
    const { pressedAtMs, verifiedAtMs } = await page.evaluate(() => window.receiverProbe.verified);
    return { savedS: savedMs / 1000, verifiedS: (verifiedAtMs - pressedAtMs) / 1000 };
  });
}

async function writeFolder(scratch: string): Promise<string> {
  const root = join(scratch, 'many files');
  for (let number = 0; number < FILE_COUNT; number += 1) {
    const folder = join(root, `part ${Math.floor(number / FILES_A_FOLDER)}`);
    if (number % FILES_A_FOLDER === 0) await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${number}.bin`), randomFillSync(Buffer.alloc(FILE_BYTES)));
  }
  return root;
}

async function writeOneFile(scratch: string): Promise<string> {
  const path = join(scratch, 'one.bin');
  await writeFile(path, randomFillSync(Buffer.alloc(FILE_COUNT * FILE_BYTES)));
  return path;
}
