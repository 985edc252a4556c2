import type { BenchBrowser } from './browser.ts';
import { openBrowser, withBrowserGroup } from './browser.ts';
import { withPageServer } from './page-server.ts';

export const RAW_MESSAGE_KIB = [16, 32, 64, 128, 256] as const;

/** Megabytes (10^6 bytes) per second, for each message size in KiB. */
export type RawRates = Readonly<Record<string, number>>;

/**
 * Bare data channels from one or several sending browsers to one receiving, each a process of its own, fresh connections for each message size.
 * Several send as fast as they can until the receiver has `totalBytes` in all.
 */
export function raceRawChannels(
  scratchFolder: string,
  script: string,
  totalBytes: number,
  senderCount: number,
  messageKib: readonly number[] = RAW_MESSAGE_KIB,
): Promise<RawRates> {
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
        const rates: Record<string, number> = {};
        for (const kib of messageKib) {
          const seconds = await timeTransfer(senders, receiver, kib * 1024, totalBytes);
          rates[`raw${kib}KiBMBps`] = totalBytes / 1e6 / seconds;
        }
        return rates;
      },
    ),
  );
}

async function timeTransfer(
  senders: readonly BenchBrowser[],
  receiver: BenchBrowser,
  messageBytes: number,
  totalBytes: number,
): Promise<number> {
  for (const [link, sender] of senders.entries()) {
    const offer = await sender.page.evaluate((link) => window.rawChannel.offer(link), link);
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
