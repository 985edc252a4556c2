import type { Demand } from './save-protocol.ts';
import type { ViewFetch } from './view-desk.ts';
import type { ViewAnswer, ViewRead } from './view-protocol.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ViewDesk } from './view-desk.ts';

const ID = 'a3f1c0de-0000-4000-8000-000000000001';
const BY_IMAGE: ViewFetch = {
  path: `/view/${ID}`,
  destination: 'image',
  range: null,
  clientId: 'page',
};

let ports: MessagePort[];
let asked: string[];
let heard: (ViewRead | Demand)[];
let answer: ViewAnswer | undefined;
let frameType: string;
let clientType: string;
let timeOut: () => void;
let desk: ViewDesk;

beforeEach(() => {
  [ports, asked, heard] = [[], [], []];
  answer = { kind: 'shown', type: 'image/png', size: 100 };
  [clientType, frameType] = ['window', 'top-level'];
  desk = new ViewDesk({
    findPage: async (clientId) =>
      clientId === 'page'
        ? {
            type: clientType,
            frameType,
            postMessage({ id }, [port]) {
              asked.push(id);
              if (!(port instanceof MessagePort)) throw new Error('no port');
              ports.push(port);
              port.addEventListener('message', ({ data }) => heard.push(data));
              port.start();
              if (answer !== undefined) port.postMessage(answer);
            },
          }
        : undefined,
    after(_delayMs, callback) {
      timeOut = callback;
      return () => {};
    },
  });
});

afterEach(() => {
  for (const port of ports) port.close();
});

async function ask(change: Partial<ViewFetch> = {}): Promise<Response> {
  const response = await desk.answer({ ...BY_IMAGE, ...change });
  if (response === undefined) throw new Error('left to the network');
  return response;
}

async function expectNothing(response: Response): Promise<void> {
  expect(response.status).toBe(404);
  expect((await response.arrayBuffer()).byteLength).toBe(0);
  expect(response.headers.get('Content-Type')).toBe('text/plain');
}

describe('case U7; F1: what the worker shows', () => {
  test.each(['/', '/viewer', '/save/id', '/service-worker.js', '/assets/view/a.js'])(
    'leaves %s to the network',
    (path) => {
      expect(desk.answer({ ...BY_IMAGE, path })).toBeUndefined();
    },
  );

  test.each([
    'document',
    'iframe',
    'frame',
    'embed',
    'object',
    'script',
    'worker',
    'sharedworker',
    'serviceworker',
    'style',
    'font',
    'track',
    'xslt',
    'manifest',
    '',
  ])('is nothing for a request that is for "%s", and no page is asked', async (destination) => {
    await expectNothing(await ask({ destination }));
    expect(asked).toEqual([]);
  });

  test.each(['/view', '/view/', '/view/short', `/view/${ID}/more`, `/view/${ID}%2e`])(
    'is nothing at %s',
    async (path) => {
      await expectNothing(await ask({ path }));
      expect(asked).toEqual([]);
    },
  );

  test('is nothing for whoever is no page of ours, a frame or a worker', async () => {
    await expectNothing(await ask({ clientId: '' }));
    await expectNothing(await ask({ clientId: 'another' }));
    frameType = 'nested';
    await expectNothing(await ask());
    [frameType, clientType] = ['top-level', 'worker'];
    await expectNothing(await ask());
    expect(asked).toEqual([]);
  });

  test('is nothing where the page knows no such view, or does not answer', async () => {
    answer = { kind: 'unknown' };
    await expectNothing(await ask());
    answer = undefined;
    const waiting = ask();
    await new Promise((resolve) => setTimeout(resolve));
    timeOut();
    await expectNothing(await waiting);
  });

  test.each([
    ['text/html', 'image'],
    ['image/svg+xml;x', 'image'],
    ['application/pdf', 'image'],
    ['text/javascript', 'video'],
    ['image/png', 'video'],
    ['image/svg+xml', 'video'],
    ['video/mp4', 'image'],
    ['audio/wav', 'video'],
    ['', 'image'],
  ])('is never of the type "%s" for an element that is for %s', async (type, destination) => {
    answer = { kind: 'shown', type, size: 100 };
    await expectNothing(await ask({ destination }));
    expect(heard).toEqual([]);
  });

  test('F2: cannot be opened as a page, run, kept, or used by another site', async () => {
    for (const change of [{}, { range: 'bytes=5-' }, { range: 'bytes=500-' }, { path: '/view/' }]) {
      const { headers } = await ask(change);
      expect(headers.get('Content-Security-Policy')).toBe("default-src 'none'; sandbox");
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
    }
  });
});

describe('F3: ranges', () => {
  test('all of it, where no range is asked for', async () => {
    const { status, headers } = await ask();
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toBe('image/png');
    expect(headers.get('Content-Length')).toBe('100');
    expect(headers.get('Accept-Ranges')).toBe('bytes');
    expect(headers.has('Content-Range')).toBe(false);
    await expectHeard([{ kind: 'read', offset: 0, length: 100 }]);
  });

  test('a part of it', async () => {
    const { status, headers } = await ask({ range: 'bytes=-10' });
    expect(status).toBe(206);
    expect(headers.get('Content-Range')).toBe('bytes 90-99/100');
    expect(headers.get('Content-Length')).toBe('10');
    await expectHeard([{ kind: 'read', offset: 90, length: 10 }]);
  });

  test('nonsense is answered with its size alone, and nothing is read', async () => {
    const response = await ask({ range: 'bytes=100-' });
    expect(response.status).toBe(416);
    expect(response.headers.get('Content-Range')).toBe('bytes */100');
    expect((await response.arrayBuffer()).byteLength).toBe(0);
    await expectHeard([]);
  });

  test('bytes are asked for one message at a time, only when the element reads, and no more once it is gone', async () => {
    const response = await ask();
    const read = { kind: 'read', offset: 0, length: 100 } as const;
    await expectHeard([read]);
    const reader = response.body?.getReader();
    const first = reader?.read();
    await expectHeard([read, 'pull']);
    ports[0]?.postMessage({ kind: 'bytes', bytes: new Uint8Array([1, 2]) });
    expect((await first)?.value).toEqual(new Uint8Array([1, 2]));
    await expectHeard([read, 'pull']);
    await reader?.cancel();
    await expectHeard([read, 'pull', 'cancel']);
  });
});

/** Messages between ports take a few turns. */
async function expectHeard(messages: readonly (ViewRead | Demand)[]): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setTimeout(resolve));
  expect(heard).toEqual(messages);
}
