import type { BenchOptions } from '../options.ts';
import type { BenchBrowser } from './browser.ts';
import type { LineShape } from '../../e2e/lines/shaped-line.ts';
import { pickNames } from '../options.ts';
import { printRepeats, rotateArms } from '../report.ts';
import { withBrowsers } from './browser.ts';
import { leadThrough } from '../../e2e/lines/lead-through.ts';
import { UdpLines } from '../../e2e/lines/udp-lines.ts';
import { bundlePageScript } from './page-script.ts';
import { withPageServer } from './page-server.ts';
import { shareFile, withPeerify } from './peerify.ts';
import { timeTransfer } from './raw-channel.ts';
import { withScratchFolder, writeSampleFile } from './sample-file.ts';

const MESSAGE_BYTES = 64 * 1024;
/** What one run takes where the line is full all the time. */
const FULL_LINE_SECONDS = 8;

const SLOW = { bytesPerSecond: 2.5e6, queueMs: 100 };
const FAST = { bytesPerSecond: 10e6, queueMs: 100 };

/** By what the arms are called: 20 and 80 Mbit/s, 20, 80 and 150 ms there and back, and what random loss does. */
const LINES: Readonly<Record<string, LineShape>> = {
  near: { ...SLOW, delayMs: 10, lossRate: 0 },
  nearLossy: { ...SLOW, delayMs: 10, lossRate: 0.005 },
  far: { ...SLOW, delayMs: 40, lossRate: 0 },
  farLossy: { ...SLOW, delayMs: 40, lossRate: 0.001 },
  fastFar: { ...FAST, delayMs: 75, lossRate: 0 },
  fastFarLossy: { ...FAST, delayMs: 75, lossRate: 0.0002 },
};

interface Course {
  readonly scratch: string;
  readonly pageUrl: string;
  readonly emptyUrl: string;
  readonly scripts: { readonly raw: string; readonly receiver: string };
}

type Ends = readonly [BenchBrowser, BenchBrowser];

const ARMS: Readonly<
  Record<string, (course: Course, ends: Ends, bytes: number) => Promise<number>>
> = {
  ours: timeOurs,
  raw1: (course, ends, bytes) => timeRaw(course, ends, bytes, 1),
  raw2: (course, ends, bytes) => timeRaw(course, ends, bytes, 2),
  raw4: (course, ends, bytes) => timeRaw(course, ends, bytes, 4),
};

/**
 * What a transfer between two browsers uses of lines that are near, far and lossy, 0 to 1, from its first byte to its
 * last: ours, and bare data channels, one, two and four at once.
 */
export async function raceLines({ repeats, only }: BenchOptions): Promise<void> {
  const lines = pick(LINES, only);
  const arms = pick(ARMS, only);
  await withCourse(async (course) => {
    for (const [name, shape] of lines) {
      await printRepeats('lines', repeats, { line: name }, async (repeat) => {
        const row: Record<string, number> = {};
        for (const [arm, time] of rotateArms(arms, repeat)) {
          row[arm] = await runArm(course, new UdpLines(shape, 1 + 2 * repeat), shape, time);
        }
        return row;
      });
    }
  });
}

/** Those that were asked for, or all where none of these was. */
function pick<Value>(
  all: Readonly<Record<string, Value>>,
  only: readonly string[] = [],
): readonly (readonly [string, Value])[] {
  pickNames([...Object.keys(LINES), ...Object.keys(ARMS)], only);
  const picked = Object.entries(all).filter(([name]) => only.includes(name));
  return picked.length > 0 ? picked : Object.entries(all);
}

function withCourse(work: (course: Course) => Promise<void>): Promise<void> {
  return withScratchFolder((scratch) =>
    withPeerify(scratch, (pageUrl) =>
      withPageServer({}, async (emptyUrl) => {
        const raw = await bundlePageScript('raw-channel');
        const receiver = await bundlePageScript('receiver-probe');
        await work({ scratch, pageUrl, emptyUrl, scripts: { raw, receiver } });
      }),
    ),
  );
}

/** In new browsers, over a new line; resolves with the part of the line that was used. */
function runArm(
  { scratch, ...course }: Course,
  lines: UdpLines,
  shape: LineShape,
  time: (course: Course, ends: Ends, bytes: number) => Promise<number>,
): Promise<number> {
  return withScratchFolder((profiles) =>
    withBrowsers(profiles, ['sender', 'receiver'], async (sender, receiver) => {
      await leadThrough(sender.context, 0, lines);
      await leadThrough(receiver.context, 1, lines);
      const bytes = shape.bytesPerSecond * FULL_LINE_SECONDS;
      const seconds = await time({ scratch, ...course }, [sender, receiver], bytes);
      return FULL_LINE_SECONDS / seconds;
    }),
  ).finally(() => lines.close());
}

async function timeRaw(
  { scripts, emptyUrl }: Course,
  ends: Ends,
  bytes: number,
  connections: number,
): Promise<number> {
  for (const { page } of ends) {
    await page.addInitScript(scripts.raw);
    await page.goto(emptyUrl);
  }
  const [sender, receiver] = ends;
  const senders = Array.from({ length: connections }, () => sender);
  return timeTransfer(senders, receiver, MESSAGE_BYTES, bytes);
}

async function timeOurs(
  { scripts, pageUrl, scratch }: Course,
  [sender, receiver]: Ends,
  bytes: number,
): Promise<number> {
  const { file } = await writeSampleFile(scratch, bytes / 1e6);
  await sender.page.goto(pageUrl);
  const link = await shareFile(sender.page, file);
  await receiver.page.addInitScript(scripts.receiver);
  await receiver.page.goto(link);
  await receiver.page.getByRole('button', { name: 'Download' }).click();
  const { firstBlockAtMs, verifiedAtMs } = await receiver.page.evaluate(
    () => window.receiverProbe.verified,
  );
  return (verifiedAtMs - firstBlockAtMs) / 1000;
}
