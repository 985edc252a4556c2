import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { copyLargeRealFile } from './files/sample-files.ts';
import { samplePeak, watchMemory } from './stage/memory-watch.ts';
import { printFigures } from './stage/print-figures.ts';
import { keepDownload } from './stage/receive.ts';
import { test } from './stage/test.ts';

/** Both stay where they are with 5 GB; what is resident is not given back at once. */
const MAX_HEAP_GROWTH_MB = 160;
const MAX_RESIDENT_GROWTH_MB = 200;

test('E16: 200 MB of real data arrive byte for byte, from disk to disk, and take the receiver less than 160 MB of heap', async ({
  stage,
}) => {
  const path = copyLargeRealFile(stage.folder);
  const shared = await (await stage.openTabOnDisk()).share(path);
  const receiver = await stage.openTabOnDisk();
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').waitFor();
  // The empty tab that a profile begins with.
  for (const page of receiver.context.pages()) if (page !== receiver.page) await page.close();
  const watch = await watchMemory(receiver.page);
  const idle = await watch.sampleAfterCollection();
  const { result, peak } = await samplePeak(watch, keepDownload(card.download(), stage.folder));
  expect(result.name).toBe(basename(path));
  expect(statSync(result.path).size).toBe(statSync(path).size);
  expect(result.sha256).toBe(await computeSha256(path));
  const heapGrowthMB = peak.heapMB - idle.heapMB;
  const rendererGrowthMB = peak.rendererMB - idle.rendererMB;
  const browserGrowthMB = peak.browserMB - idle.browserMB;
  printFigures({ test: 'memory', heapGrowthMB, rendererGrowthMB, browserGrowthMB });
  expect(heapGrowthMB).toBeLessThan(MAX_HEAP_GROWTH_MB);
  expect(rendererGrowthMB).toBeLessThan(MAX_RESIDENT_GROWTH_MB);
});
