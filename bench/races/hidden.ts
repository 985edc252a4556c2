import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import { computeGeometry } from '../../shared/share/geometry.ts';
import { printRepeats, rotateArms } from '../report.ts';
import { hide, withHideableBrowser } from './hideable-browser.ts';
import { bundlePageScript } from './page-script.ts';
import { shareFile, withPeerify } from './peerify.ts';
import { withScratchFolder, writeSampleFile } from './sample-file.ts';

type Hidden = 'none' | 'sharer' | 'receiver' | 'both';

interface Course {
  readonly url: string;
  readonly file: string;
  readonly fileBytes: number;
  readonly pieceCount: number;
  readonly probe: string;
}

const ARMS: readonly { readonly name: string; readonly hidden: Hidden }[] = [
  { name: 'visible', hidden: 'none' },
  { name: 'hiddenSharer', hidden: 'sharer' },
  { name: 'hiddenReceiver', hidden: 'receiver' },
  { name: 'hiddenBoth', hidden: 'both' },
];

/** About what the index of one file takes. */
const INDEX_BYTES = 100;

/**
 * Goodput of a pair whose tabs are behind another one, against the same pair with both in front, from the first byte to
 * the last piece verified. Told from the frames of the channel: a hidden page draws nothing.
 */
export async function raceHidden({ repeats, megabytes }: BenchOptions): Promise<void> {
  const probe = await bundlePageScript('channel-probe');
  await withScratchFolder((folder) =>
    withPeerify(folder, async (url) => {
      const { file, fileBytes } = await writeSampleFile(folder, megabytes);
      const { pieceCount } = computeGeometry(fileBytes + INDEX_BYTES);
      const course = { url, file, fileBytes, pieceCount, probe };
      await printRepeats('hidden', repeats, { megabytes }, (repeat) => runArms(course, repeat));
    }),
  );
}

async function runArms(course: Course, repeat: number): Promise<Row> {
  const rates: Record<string, number> = {};
  for (const { name, hidden } of rotateArms(ARMS, repeat)) {
    rates[`${name}MBps`] = await withScratchFolder((profiles) => runPair(profiles, course, hidden));
  }
  const { visibleMBps = Number.NaN } = rates;
  const ratios = ARMS.slice(1).map(({ name }) => [
    `${name}ToVisible`,
    (rates[`${name}MBps`] ?? Number.NaN) / visibleMBps,
  ]);
  return { ...rates, ...Object.fromEntries(ratios) };
}

function runPair(profiles: string, course: Course, hidden: Hidden): Promise<number> {
  return withHideableBrowser(profiles, 'sharer', (sharer) =>
    withHideableBrowser(profiles, 'receiver', async (receiver) => {
      await sharer.goto(course.url);
      const link = await shareFile(sharer, course.file);
      await receiver.addInitScript(course.probe);
      await receiver.goto(link);
      await receiver.getByRole('button', { name: 'Download' }).waitFor();
      if (hidden === 'sharer' || hidden === 'both') await hide(sharer);
      if (hidden === 'receiver' || hidden === 'both') await hide(receiver);
      await receiver.evaluate(pressDownload);
      const tookMs = await receiver.evaluate(async (count) => {
        await window.channelProbe.whenVerified(count);
        const { firstBlockAtMs, verifiedAtMs } = window.channelProbe.report();
        return Math.max(...verifiedAtMs) - firstBlockAtMs;
      }, course.pieceCount);
      return course.fileBytes / 1000 / tookMs;
    }),
  );
}

/** Runs in the page. Playwright's own click waits for frames, of which a hidden page has none. */
function pressDownload(): void {
  const buttons = [...document.querySelectorAll('button')];
  buttons.find(({ textContent }) => textContent.trim() === 'Download')?.click();
}
