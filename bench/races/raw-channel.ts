import type { BenchBrowser } from './browser.ts';
import { withBrowsers } from './browser.ts';
import { withPageServer } from './page-server.ts';

export const RAW_MESSAGE_KIB = [16, 32, 64, 128, 256] as const;

/** Megabytes (10^6 bytes) per second, for each message size in KiB. */
export type RawRates = Readonly<Record<string, number>>;

/** Bare data channels between two browser processes, a fresh one for each message size. */
export function raceRawChannel(
  scratchFolder: string,
  script: string,
  totalBytes: number,
): Promise<RawRates> {
  return withPageServer({}, (url) =>
    withBrowsers(scratchFolder, ['raw-sender', 'raw-receiver'], async (sender, receiver) => {
      for (const { page } of [sender, receiver]) {
        await page.addInitScript(script);
        await page.goto(url);
      }
      const rates: Record<string, number> = {};
      for (const kib of RAW_MESSAGE_KIB) {
        const seconds = await timeTransfer(sender, receiver, kib * 1024, totalBytes);
        rates[`raw${kib}KiBMBps`] = totalBytes / 1e6 / seconds;
      }
      return rates;
    }),
  );
}

async function timeTransfer(
  sender: BenchBrowser,
  receiver: BenchBrowser,
  messageBytes: number,
  totalBytes: number,
): Promise<number> {
  const offer = await sender.page.evaluate(() => window.rawChannel.offer());
  const answer = await receiver.page.evaluate((sdp) => window.rawChannel.answer(sdp), offer);
  await sender.page.evaluate((sdp) => window.rawChannel.accept(sdp), answer);
  const [tookMs] = await Promise.all([
    receiver.page.evaluate((total) => window.rawChannel.receive(total), totalBytes),
    sender.page.evaluate(([message, total]) => window.rawChannel.send(message, total), [
      messageBytes,
      totalBytes,
    ] as const),
  ]);
  for (const { page } of [sender, receiver]) await page.evaluate(() => window.rawChannel.close());
  return tookMs / 1000;
}
