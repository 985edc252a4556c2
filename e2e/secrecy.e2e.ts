import type { BrowserContext } from 'playwright-core';
import { expect } from 'vitest';
import { decodeBase64Url } from '../shared/share/base64url.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

const NAME = 'salary review.bin';
const SECRET_LENGTH = 16;
/** Characters of base64url that hold nothing but the secret, after the version. */
const SECRET_TEXT_LENGTH = 21;

test('L7: neither the link’s secret nor the file’s name is in anything sent to the tracker', async ({
  stage,
}) => {
  const contexts = [await stage.openContext(), await stage.openContext()] as const;
  const sent = contexts.map((context) => recordSent(context));
  const sharer = await stage.openTabIn(contexts[0]);
  const shared = await sharer.share(makeRandomFile(stage.folder, NAME, 300_000));
  const fileId = await shared.fileId();
  const receiver = await stage.openTabIn(contexts[1]);
  const card = await receiver.openLink(await shared.link());
  await receive(card, stage.folder);
  await receiver.page.reload();
  await card.waitForStatus('Complete');

  const bytes = Buffer.concat((await Promise.all(sent.map((finish) => finish()))).flat());
  const both = decodeBase64Url(fileId.slice(1), 2 * SECRET_LENGTH);
  if (both === undefined) throw new Error(`not a file ID: ${fileId}`);
  const secret = Buffer.from(both.subarray(0, SECRET_LENGTH));
  const secretText = fileId.slice(1, 1 + SECRET_TEXT_LENGTH);
  const secrets = [
    secret,
    secretText,
    secret.toString('base64').slice(0, -3),
    secret.toString('hex'),
  ];
  for (const form of [...secrets, NAME, encodeURIComponent(NAME)])
    expect(bytes.indexOf(form)).toBe(-1);
  // What may be known is there, so the recording is no empty one.
  const shareIdText = Buffer.from(both.subarray(SECRET_LENGTH)).toString('base64url');
  expect(bytes.indexOf(shareIdText)).toBeGreaterThan(-1);
  expect(bytes.indexOf('socket.io')).toBeGreaterThan(-1);
});

/** Records every request and every websocket frame that leaves a browser. Returns what stops it and gives them. */
function recordSent(context: BrowserContext): () => Promise<Buffer[]> {
  const sent: Promise<Buffer>[] = [];
  context.on('request', (request) => {
    sent.push(
      request.allHeaders().then((headers) => {
        const lines = [request.method(), request.url(), JSON.stringify(headers)];
        return Buffer.concat([
          Buffer.from(lines.join('\n')),
          request.postDataBuffer() ?? Buffer.of(),
        ]);
      }),
    );
  });
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      sent.push(Promise.resolve(Buffer.from(socket.url())));
      socket.on('framesent', ({ payload }) => sent.push(Promise.resolve(Buffer.from(payload))));
    });
  });
  return () => Promise.all(sent);
}
