import type { BenchBrowser } from './browser.ts';
import { openBrowser, withBrowserGroup } from './browser.ts';
import { withPageServer } from './page-server.ts';
import { timeProcessors } from './processor-time.ts';

export const RAW_MESSAGE_KIB = [16, 32, 64, 128, 256] as const;

export interface RawRace {
  /** The page script with the channels' ends. */
  readonly script: string;
  readonly totalBytes: number;
  readonly senderCount: number;
  readonly messageKib: number;
  /** With the video section that our connections have, and so with their receive buffer. */
  readonly hasIdleVideo?: boolean;
}

export interface RawRun {
  readonly messageKib: number;
  /** Megabytes (10^6 bytes) per second. */
  readonly MBps: number;
  /** Of all browsers together. */
  readonly processorSecondsPerGB: number;
}

/**
 * Bare data channels from one or several sending browsers to one receiving, each a process of its own. Several send as
 * fast as they can until the receiver has `totalBytes` in all.
 */
export function raceRawChannels(
  scratchFolder: string,
  { script, totalBytes, senderCount, messageKib, hasIdleVideo = false }: RawRace,
): Promise<RawRun> {
  const names = Array.from({ length: senderCount + 1 }, (_, i) => `raw-${i}`);
  return withPageServer({}, (url) =>
    withBrowserGroup(
      names.map((name) => () => openBrowser(scratchFolder, name)),
      async ([receiver, ...senders]) => {
        if (receiver === undefined) throw new Error('somebody has to receive');
        for (const { page } of [receiver, ...senders]) {
          await page.addInitScript(script);
          await page.goto(url);
        }
        const { result: seconds, processorSeconds } = await timeProcessors(
          [receiver, ...senders],
          () => timeTransfer(senders, receiver, messageKib * 1024, totalBytes, hasIdleVideo),
        );
        return {
          messageKib,
          MBps: totalBytes / 1e6 / seconds,
          processorSecondsPerGB: processorSeconds / (totalBytes / 1e9),
        };
      },
    ),
  );
}

/** From each sender by a link of its own; one may stand several times. Seconds from the first byte to the last. */
export async function timeTransfer(
  senders: readonly BenchBrowser[],
  receiver: BenchBrowser,
  messageBytes: number,
  totalBytes: number,
  hasIdleVideo = false,
): Promise<number> {
  for (const [link, sender] of senders.entries()) {
    const offer = await sender.page.evaluate(
      ([link, hasIdleVideo]) => window.rawChannel.offer(link, hasIdleVideo),
      [link, hasIdleVideo] as const,
    );
    const answer = await receiver.page.evaluate(
      ([link, sdp]) => window.rawChannel.answer(link, sdp),
      [link, offer] as const,
    );
    await sender.page.evaluate(([link, sdp]) => window.rawChannel.accept(link, sdp), [
      link,
      answer,
    ] as const);
  }
  const receiving = receiver.page.evaluate(
    ([links, total]) => window.rawChannel.receive(links, total),
    [[...senders.keys()], totalBytes] as const,
  );
  const sending = senders.map(({ page }, link) =>
    page.evaluate(([link, message, total]) => window.rawChannel.send(link, message, total), [
      link,
      messageBytes,
      totalBytes,
    ] as const),
  );
  const tookMs = await receiving;
  for (const { page } of [...senders, receiver]) {
    await page.evaluate(() => window.rawChannel.close());
  }
  await Promise.all(sending);
  return tookMs / 1000;
}
