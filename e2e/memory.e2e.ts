import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeSparseFile } from './files/sample-files.ts';
import { samplePeak, watchMemory } from './stage/memory-watch.ts';
import { printFigures } from './stage/print-figures.ts';
import { keepDownload } from './stage/receive.ts';
import { test } from './stage/test.ts';

const FILE_BYTES = 300e6;
/** Both stay where they are with 5 GB; what is resident is not given back at once. */
const MAX_HEAP_GROWTH_MB = 200;
const MAX_RESIDENT_GROWTH_MB = 250;

test('downloading and saving 300 MB takes a browser less than 200 MB of heap, and its page less than 250 MB of memory', async ({
  stage,
}) => {
  const path = makeSparseFile(stage.folder, 'large.bin', FILE_BYTES);
  const sharer = await stage.openTabOnDisk();
  const link = await (await sharer.share(path)).link();
  const receiver = await stage.openTabOnDisk();
  const card = await receiver.openLink(link);
  await card.button('Download').waitFor();
  // The empty tab that a profile begins with.
  for (const page of receiver.context.pages()) if (page !== receiver.page) await page.close();
  const watch = await watchMemory(receiver.page);
  const idle = await watch.sampleAfterCollection();
  const { result, peak } = await samplePeak(watch, keepDownload(card.download(), stage.folder));
  const growth = {
    heapGrowthMB: peak.heapMB - idle.heapMB,
    rendererGrowthMB: peak.rendererMB - idle.rendererMB,
    browserGrowthMB: peak.browserMB - idle.browserMB,
  };
  printFigures({ test: 'memory', ...growth });
  expect(result.sha256).toBe(await computeSha256(path));
  expect(growth.heapGrowthMB).toBeLessThan(MAX_HEAP_GROWTH_MB);
  expect(growth.rendererGrowthMB).toBeLessThan(MAX_RESIDENT_GROWTH_MB);
});
