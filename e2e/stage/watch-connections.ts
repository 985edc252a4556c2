import type { BrowserContext, Page } from 'playwright-core';

declare global {
  interface Window {
    watched: { sentFrames: Record<string, number>; connections: RTCPeerConnection[] };
  }
}

/** Makes pages that are opened from now on remember what they send over data channels, and over what connections. */
export async function watchConnections(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const watched: Window['watched'] = { sentFrames: {}, connections: [] };
    window.watched = watched;
    const send = Reflect.get(RTCDataChannel.prototype, 'send');
    RTCDataChannel.prototype.send = function (this: RTCDataChannel, frame: unknown): void {
      const kind = frame instanceof Uint8Array ? String(frame[0]) : 'other';
      watched.sentFrames[kind] = (watched.sentFrames[kind] ?? 0) + 1;
      Reflect.apply(send, this, [frame]);
    };
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        watched.connections.push(this);
      }
    };
  });
}

/** How many frames of each type (W2) the page has handed to a data channel, by the type's number. */
export function countSentFrames(page: Page): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(() => window.watched.sentFrames);
}

/** Kind and direction of every section for sound or pictures that any connection of the page has. */
export function listMedia(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    window.watched.connections.flatMap((connection) =>
      connection
        .getTransceivers()
        .map(
          ({ receiver, currentDirection }) => `${receiver.track.kind} ${currentDirection ?? ''}`,
        ),
    ),
  );
}

/** Connections of the page that stand at this moment. */
export function countOpenConnections(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      window.watched.connections.filter(({ connectionState }) => connectionState === 'connected')
        .length,
  );
}
