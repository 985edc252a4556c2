import type { BenchOptions } from '../../options.ts';
import type { Row } from '../../report.ts';
import { pickNames } from '../../options.ts';
import { printRepeats } from '../../report.ts';
import { withPeerify } from '../peerify.ts';
import { withScratchFolder } from '../sample-file.ts';
import { measureDialog } from './dialog.ts';
import { raceFolder } from './folder.ts';
import { measureFirstPaint } from './first-paint.ts';
import { measureInteraction } from './interaction.ts';
import { measureTasks } from './tasks.ts';

/** Each by the address of a page that is served. */
const ARMS: ReadonlyMap<string, (url: string, repeat: number) => Promise<Row>> = new Map([
  ['first-paint', measureFirstPaint],
  ['tasks', measureTasks],
  ['interaction', measureInteraction],
  ['folder', raceFolder],
  ['dialog', measureDialog],
]);

/** Only where it is named: it wants a screen, and passes more than a minute with waiting. */
const RARE = 'dialog';

/** How soon the built page shows itself, and how it answers while it works; one summary an arm. */
export async function measurePage({ repeats, only }: BenchOptions): Promise<void> {
  const names = new Set(pickNames([...ARMS.keys()], only));
  if (only === undefined) names.delete(RARE);
  await withScratchFolder((folder) =>
    withPeerify(folder, async (url) => {
      for (const [name, measure] of ARMS) {
        if (!names.has(name)) continue;
        await printRepeats(`page ${name}`, repeats, {}, (repeat) => measure(url, repeat));
      }
    }),
  );
}
