import type { SaveFile } from '../app/ports/saver.ts';
import type { DownloadPage, DownloadWorker } from './stream-saver.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { equalBytes } from '../../shared/share/bytes.ts';
import { patternBytes } from '../../shared/share/sample-share.test-helper.ts';
import { DownloadDesk } from '../service-worker/download-desk.ts';
import { createSaveFile, createSaveJob } from './save-job.test-helper.ts';
import { StreamSaver } from './stream-saver.ts';
import { readAsBrowser } from '../service-worker/read-as-browser.test-helper.ts';

const MIB = 1024 * 1024;

/** The worker's real desk behind a page without a browser: the opened address is answered as a fetch would be. */
class FakePage implements DownloadPage {
  readonly desk = new DownloadDesk();
  readonly opened: string[] = [];
  readonly keptAlive: string[] = [];
  response: Response | undefined;
  isHeld = false;
  isIntercepted = true;
  tidied = 0;
  forget: (() => void) | undefined;
  leave: (() => void) | undefined;
  timeout: (() => void) | undefined;
  tick: (() => void) | undefined;

  readonly #worker: DownloadWorker = {
    post: (message, port) => {
      if (message.kind === 'keep-alive') this.keptAlive.push(message.id);
      else if (port !== undefined) this.desk.offer({ ...message, port });
    },
    hold: () => {
      this.isHeld = true;
      return () => {
        this.isHeld = false;
      };
    },
    onForgotten: (_id, callback) => {
      this.forget = callback;
      return this.#tidy;
    },
  };

  readonly #tidy = (): void => {
    this.tidied += 1;
  };

  findWorker = async (): Promise<DownloadWorker | undefined> => this.#worker;
  createId = (): string => 'id-1';

  openDownload = (path: string): (() => void) => {
    this.opened.push(path);
    if (this.isIntercepted) this.response = this.desk.answer(path);
    return this.#tidy;
  };

  after = (_delayMs: number, callback: () => void): (() => void) => {
    this.timeout = callback;
    return () => (this.timeout = undefined);
  };

  every = (_intervalMs: number, callback: () => void): (() => void) => {
    this.tick = callback;
    return this.#tidy;
  };

  onLeave = (callback: () => void): (() => void) => {
    this.leave = callback;
    return this.#tidy;
  };
}

describe('StreamSaver', () => {
  let page: FakePage;
  let controller: AbortController;

  beforeEach(() => {
    page = new FakePage();
    controller = new AbortController();
  });

  afterEach(async () => {
    controller.abort();
    await page.response?.body?.cancel().catch(() => undefined);
  });

  function save(file: SaveFile, name = 'a.bin') {
    return new StreamSaver(page).save(createSaveJob([file], { name, signal: controller.signal }));
  }

  /** As soon as the browser has been answered. */
  async function takeResponse(): Promise<Response> {
    return vi.waitFor(() => {
      if (page.response === undefined) throw new Error('not yet');
      return page.response;
    });
  }

  test.each([0, 1, MIB, MIB + 1, 5 * MIB])('hands over %i bytes, then resolves', async (length) => {
    const bytes = patternBytes(length);
    const saving = save(createSaveFile('a', bytes, 64 * 1024));
    const response = await takeResponse();
    const saved = await readAsBrowser(response);
    expect(equalBytes(saved, bytes)).toBe(true);
    await saving;
    expect(page.tidied).toBe(4);
    expect(page.timeout).toBeUndefined();
  });

  test('V4: the name travels in the answer alone, never in an address that a server might see', async () => {
    const saving = save(createSaveFile('a', patternBytes(10)), "ü “x” (1)'s.html");
    const response = await takeResponse();
    expect(page.opened).toEqual(['/save/id-1']);
    expect(response.headers.get('Content-Disposition')).toBe(
      "attachment; filename*=UTF-8''%C3%BC%20%E2%80%9Cx%E2%80%9D%20%281%29%27s.html",
    );
    await readAsBrowser(response);
    await saving;
  });

  test('case U2; V4: the answer is a download that is never shown, run or kept', async () => {
    const saving = save(createSaveFile('a', patternBytes(10)), 'a.svg');
    const { headers, body } = await takeResponse();
    expect(headers.get('Content-Type')).toBe('application/octet-stream');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Content-Security-Policy')).toContain('sandbox');
    expect(headers.get('Content-Length')).toBe('10');
    await readAsBrowser(new Response(body));
    await saving;
  });

  test('V6: reads one message ahead of what the browser has asked, and no further', async () => {
    let readBytes = 0;
    async function* read() {
      for (let i = 0; i < 100; i += 1) {
        readBytes += MIB;
        yield patternBytes(MIB);
      }
    }
    const saving = save({ path: 'a', size: 100 * MIB, modifiedMs: undefined, read });
    const stopped = failureOf(saving);
    const reader = (await takeResponse()).body?.getReader();
    await reader?.read();
    await reader?.read();
    await nextTask();
    expect(readBytes).toBe(3 * MIB);
    await reader?.cancel();
    expect(await stopped).toMatchObject({ code: 'aborted' });
  });

  test('V3: a read that fails leaves a failed download, not a short file', async () => {
    const saving = save({ ...createSaveFile('a', patternBytes(2 * MIB)), size: 3 * MIB });
    const failed = failureOf(saving);
    await expect(readAsBrowser(await takeResponse())).rejects.toThrow('could not read');
    expect(await failed).toMatchObject({ code: 'read-failed' });
  });

  test.each(['abort', 'leave'] as const)(
    'V3: %s fails the download in the browser',
    async (how) => {
      const saving = save(createSaveFile('a', patternBytes(5 * MIB)));
      const aborted = failureOf(saving);
      const reader = (await takeResponse()).body?.getReader();
      await reader?.read();
      if (how === 'abort') controller.abort();
      else page.leave?.();
      expect(await aborted).toMatchObject({ code: 'aborted' });
      await expect(reader?.read()).rejects.toThrow('could not read');
    },
  );

  test('a cancel in the browser is aborted, and stops the reading', async () => {
    const saving = save(createSaveFile('a', patternBytes(5 * MIB)));
    const aborted = failureOf(saving);
    await (await takeResponse()).body?.cancel();
    expect(await aborted).toMatchObject({ code: 'aborted' });
    expect(page.desk.knows('id-1')).toBe(false);
  });

  test('V3: the worker is held until every byte is handed over', async () => {
    const saving = save(createSaveFile('a', patternBytes(2 * MIB)));
    const response = await takeResponse();
    expect(page.isHeld).toBe(true);
    await readAsBrowser(response);
    await saving;
    expect(page.isHeld).toBe(false);
  });

  test('a worker that was stopped meanwhile is write-failed', async () => {
    const saving = save(createSaveFile('a', patternBytes(5 * MIB)));
    await takeResponse();
    page.tick?.();
    expect(page.keptAlive).toEqual(['id-1']);
    page.forget?.();
    await expect(saving).rejects.toMatchObject({ code: 'write-failed' });
  });

  test('a browser that does not ask the worker is write-failed', async () => {
    page.isIntercepted = false;
    const saving = save(createSaveFile('a', patternBytes(10)));
    await vi.waitFor(() => expect(page.opened).toHaveLength(1));
    page.timeout?.();
    await expect(saving).rejects.toMatchObject({ code: 'write-failed' });
  });

  test('a browser without a worker is write-failed', async () => {
    page.findWorker = async () => undefined;
    await expect(save(createSaveFile('a', patternBytes(10)))).rejects.toMatchObject({
      code: 'write-failed',
    });
    expect(page.opened).toEqual([]);
  });
});

/** Listens from the start, so that a failure in the middle of the test is not an unhandled one. */
function failureOf(saving: Promise<void>): Promise<unknown> {
  return saving.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** After every promise that is settled already has been heard. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
