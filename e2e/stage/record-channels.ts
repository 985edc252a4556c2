import type { BrowserContext, Page } from 'playwright-core';

declare global {
  interface Window {
    sentOverChannels: Blob[];
  }
}

/** Makes pages that are opened from now on, until they are reloaded, remember all that they send to other browsers, before it is encrypted. */
export async function recordChannels(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const sent: Blob[] = [];
    window.sentOverChannels = sent;
    const send = Reflect.get(RTCDataChannel.prototype, 'send');
    RTCDataChannel.prototype.send = function (this: RTCDataChannel, frame: unknown): void {
      if (frame instanceof Uint8Array) sent.push(new Blob([frame.slice()]));
      else if (frame instanceof ArrayBuffer) sent.push(new Blob([frame.slice()]));
      else if (typeof frame === 'string' || frame instanceof Blob) sent.push(new Blob([frame]));
      else throw new TypeError('a frame that is not recorded');
      Reflect.apply(send, this, [frame]);
    };
  });
}

/** Everything that the page has sent so far, one frame behind the other. */
export async function readSentOverChannels(page: Page): Promise<Buffer> {
  const text = await page.evaluate(async () => {
    const reader = new FileReader();
    const read = new Promise((resolve) => reader.addEventListener('load', resolve));
    reader.readAsDataURL(new Blob(window.sentOverChannels));
    await read;
    return typeof reader.result === 'string' ? reader.result : '';
  });
  return Buffer.from(text.slice(text.indexOf(',') + 1), 'base64');
}
