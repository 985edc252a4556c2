import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import { printRepeats, rotateArms } from '../report.ts';
import { bundlePageScript } from './page-script.ts';
import { withPeerify } from './peerify.ts';
import { runPeerifyPair } from './peerify-pair.ts';
import { withScratchFolder, writeSampleFile } from './sample-file.ts';

/**
 * How long a download takes, from pressing the button until every piece is verified and until the file is saved, with
 * pieces in IndexedDB and with pieces in the receiver's memory.
 */
export async function raceStores({ repeats, megabytes }: BenchOptions): Promise<void> {
  const probe = await bundlePageScript('receiver-probe');
  await withScratchFolder(async (folder) => {
    const { file, fileBytes, digest } = await writeSampleFile(folder, megabytes);
    const race = async (idbUrl: string, memoryUrl: string): Promise<void> => {
      const arms = [
        { name: 'idb', url: idbUrl },
        { name: 'memory', url: memoryUrl },
      ];
      await printRepeats('store', repeats, { megabytes, fileBytes }, async (repeat) => {
        const seconds: Record<string, number> = {};
        for (const { name, url } of rotateArms(arms, repeat)) {
          const result = await withScratchFolder((profiles) =>
            runPeerifyPair(profiles, url, probe, file),
          );
          if (result.digest !== digest) throw new Error('other bytes were saved');
          seconds[`${name}S`] = (result.verifiedAtMs - result.pressedAtMs) / 1000;
          seconds[`${name}SavedS`] = (seconds[`${name}S`] ?? 0) + result.savedMs / 1000;
        }
        return { ...seconds, ...computeRatios(seconds) };
      });
    };
    await withPeerify(folder, (idbUrl) =>
      withPeerify(folder, (memoryUrl) => race(idbUrl, memoryUrl), { hasMemoryStore: true }),
    );
  });
}

function computeRatios(seconds: Row): Row {
  const { idbS = Number.NaN, memoryS = Number.NaN } = seconds;
  const { idbSavedS = Number.NaN, memorySavedS = Number.NaN } = seconds;
  return { idbToMemory: idbS / memoryS, idbToMemorySaved: idbSavedS / memorySavedS };
}
