import type { BrowserContext, Page } from 'playwright-core';

/**
 * Records all that crosses the network between a browser and its tracker, both ways, and all that its pages log. What
 * peers tell each other is encrypted below the page, and recorded there (`recordChannels`). Returns what gives the recording.
 */
export function recordEverything(context: BrowserContext): () => Promise<Buffer> {
  const recorded: Promise<Uint8Array | string>[] = [];
  const record = (part: Uint8Array | string | null): void => {
    recorded.push(Promise.resolve(part ?? ''));
  };
  context.on('request', (request) => {
    record(`${request.method()} ${request.url()}\n`);
    record(request.postDataBuffer());
    recorded.push(request.allHeaders().then((headers) => JSON.stringify(headers)));
  });
  context.on('response', (response) => {
    // What is saved comes from the page's own worker, names the file and is the file.
    if (response.fromServiceWorker()) return;
    recorded.push(response.allHeaders().then((headers) => JSON.stringify(headers)));
    recorded.push(response.body().catch(() => ''));
  });
  context.on('console', (message) => record(message.text()));
  context.on('weberror', (error) => record(error.error().stack ?? error.error().message));
  context.on('page', (page) => recordFrames(page, record));
  return async () => Buffer.concat((await Promise.all(recorded)).map((part) => Buffer.from(part)));
}

function recordFrames(page: Page, record: (part: Uint8Array | string) => void): void {
  page.on('websocket', (socket) => {
    record(socket.url());
    socket.on('framesent', ({ payload }) => record(payload));
    socket.on('framereceived', ({ payload }) => record(payload));
  });
}
