import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { TRACKER_TIMEOUTS } from '../timeouts.ts';
import type { HttpEdgeOptions } from './http-edge.ts';
import { createHttpEdge } from './http-edge.ts';
import { createPageFiles, findPageRoot } from './page-files.ts';

const stops: (() => Promise<unknown>)[] = [];
let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'peerify-page-'));
  await mkdir(join(root, 'assets'));
  await writeFile(join(root, 'index.html'), '<!doctype html><title>Peerify</title>');
  await writeFile(join(root, 'service-worker.js'), '// worker');
  await writeFile(join(root, 'assets', 'page-abc123.js'), '// page');
});

afterAll(() => rm(root, { recursive: true }));

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(options: Partial<HttpEdgeOptions> = {}): Promise<number> {
  const server = createHttpEdge({
    page: createPageFiles(root),
    readLagMs: () => 0,
    timeouts: TRACKER_TIMEOUTS,
    isReady: () => true,
    counts: () => ({ sockets: 3 }),
    ...options,
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** The path goes out as it is: `fetch` would tidy it first. */
function get(port: number, path: string, method = 'GET', host = `127.0.0.1:${port}`) {
  return new Promise<Reply>((resolve, reject) => {
    const outgoing = request(
      { port, path, method, headers: { host }, agent: false },
      (incoming) => {
        let body = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (text: string) => (body += text));
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

describe('the page', () => {
  test('its document and service worker are asked for anew, its hashed files kept for good', async () => {
    const port = await start();
    const index = await get(port, '/');
    expect(index.body).toContain('Peerify');
    expect(index.headers['cache-control']).toBe('no-cache');
    const worker = await get(port, '/service-worker.js');
    expect(worker.headers['cache-control']).toBe('no-cache');
    expect(worker.headers['content-type']).toContain('javascript');
    const asset = await get(port, '/assets/page-abc123.js');
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  test.each(['/nothing', '/../package.json', '/%2e%2e/x', '/assets/%', '/healthz/x', '/.env'])(
    'there is nothing at %s',
    async (path) => {
      expect(await get(await start(), path)).toMatchObject({ status: 404, body: 'Not found\n' });
    },
  );

  test('nothing can be sent to it', async () => {
    const reply = await get(await start(), '/', 'POST');
    expect(reply).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  test('where it has not been built, the answer says what to run', async () => {
    const port = await start({ page: createPageFiles(join(root, 'assets')) });
    const reply = await get(port, '/');
    expect(reply.status).toBe(503);
    expect(reply.body).toContain('npm run build');
  });

  test('is found in the first folder that has one', () => {
    expect(findPageRoot([join(root, 'assets'), root])).toBe(root);
    expect(findPageRoot([join(root, 'assets')])).toBeUndefined();
  });
});

describe('security headers', () => {
  test('T18, L7: every answer carries them, errors and health too', async () => {
    const port = await start();
    for (const path of ['/', '/nothing', '/healthz', '/readyz', '/assets/page-abc123.js']) {
      const { headers } = await get(port, path);
      expect(headers).toMatchObject({
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), payment=()',
      });
      expect(headers).not.toHaveProperty('strict-transport-security');
      expect(headers).not.toHaveProperty('x-powered-by');
    }
  });

  test('T18: the page may use its own files and its own tracker, and nothing else', async () => {
    const port = await start();
    const { headers } = await get(port, '/');
    expect(String(headers['content-security-policy']).split(';')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "media-src 'self'",
      "font-src 'self'",
      "manifest-src 'self'",
      "worker-src 'self'",
      `connect-src 'self' ws://127.0.0.1:${port} wss://127.0.0.1:${port}`,
      "frame-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types peerify',
    ]);
  });

  test.each(["x;script-src 'unsafe-inline'", 'x, y', 'a b', '*'])(
    'a Host header that is none is not repeated: %s',
    async (host) => {
      const { headers, status } = await get(await start(), '/', 'GET', host);
      expect(status).toBe(200);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("connect-src 'self';");
      expect(policy).not.toContain('unsafe-inline');
    },
  );
});

describe('health', () => {
  test('T18: says ok and counts, to be asked for anew each time', async () => {
    const reply = await get(await start({ readLagMs: () => 12.4 }), '/healthz');
    expect(reply).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(JSON.parse(reply.body)).toEqual({ status: 'ok', sockets: 3, lagMs: 12 });
  });

  test('is refused while the process cannot keep up', async () => {
    const reply = await get(await start({ readLagMs: () => 1001 }), '/healthz');
    expect(reply.status).toBe(503);
    expect(JSON.parse(reply.body)).toMatchObject({ status: 'overloaded' });
  });
});

describe('readiness', () => {
  test.each([
    [true, 200, 'ready\n'],
    [false, 503, 'stopping\n'],
  ])('is %s: answered with %i', async (isReady, status, body) => {
    const reply = await get(await start({ isReady: () => isReady }), '/readyz');
    expect(reply).toMatchObject({ status, body, headers: { 'cache-control': 'no-store' } });
  });
});
