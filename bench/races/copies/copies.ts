import type { BenchOptions } from '../../options.ts';
import type { Row } from '../../report.ts';
import type { CopiesCourse } from './course.ts';
import { pickNames } from '../../options.ts';
import { printRepeats, rotateArms } from '../../report.ts';
import { withPeerify } from '../peerify.ts';
import { withScratchFolder, writeSampleFile } from '../sample-file.ts';
import { runClosedSharer } from './closed-sharer.ts';
import { runKilledVolunteer } from './killed-volunteer.ts';

type Arm = (course: CopiesCourse) => Promise<Row>;

const ARMS: ReadonlyMap<string, Arm> = new Map<string, Arm>([
  ['closed', runClosedSharer],
  ['killed', runKilledVolunteer],
]);

/**
 * Six browsers, three of which volunteer, and two copies of every piece: whether the sharer may really leave when it is
 * told so. And what becomes of the copies when a volunteer's browser is killed.
 */
export async function raceCopies({ repeats, megabytes, only }: BenchOptions): Promise<void> {
  const names = pickNames([...ARMS.keys()], only);
  const arms = [...ARMS].filter(([name]) => names.includes(name));
  await withScratchFolder((folder) =>
    withPeerify(folder, async (url) => {
      const file = await writeSampleFile(folder, megabytes);
      await printRepeats('copies', repeats, { megabytes }, async (repeat) => {
        const figures: Record<string, number> = {};
        for (const [, run] of rotateArms(arms, repeat)) {
          const row = await withScratchFolder((profiles) => run({ ...file, url, profiles }));
          Object.assign(figures, row);
        }
        return figures;
      });
    }),
  );
}
