import { describe, expect, test, vi } from 'vitest';
import { equalBytes } from '../../shared/share/bytes.ts';
import { patternBytes } from '../../shared/share/sample-share.test-helper.ts';
import { assembleBlob } from './assemble-blob.ts';
import { BlobSaver } from './blob-saver.ts';
import { createSaveFile, createSaveJob } from './save-job.test-helper.ts';

const MIB = 1024 * 1024;

function setUp(limitBytes = 100 * MIB) {
  const offer = vi.fn<(blob: Blob, name: string) => void>();
  return { saver: new BlobSaver({ limitBytes, assemble: assembleBlob, offer }), offer };
}

describe('BlobSaver', () => {
  test.each([0, 1, 16 * MIB - 1, 16 * MIB, 33 * MIB])('offers all of %i bytes', async (length) => {
    const { saver, offer } = setUp();
    const bytes = patternBytes(length);
    await saver.save(createSaveJob([createSaveFile('a', bytes, MIB)], { name: 'a.bin' }));
    expect(offer).toHaveBeenCalledTimes(1);
    const [blob, name] = offer.mock.calls[0] ?? [];
    expect(name).toBe('a.bin');
    expect(blob?.size).toBe(length);
    const saved = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer());
    expect(equalBytes(saved, bytes)).toBe(true);
  });

  test('case U2; V4: gives the Blob a type that no browser shows or runs', async () => {
    const { saver, offer } = setUp();
    await saver.save(createSaveJob([createSaveFile('page.html', patternBytes(9))]));
    expect(offer.mock.calls[0]?.[0].type).toBe('application/octet-stream');
  });

  test('case U6; V6: refuses what is over its limit before it reads', async () => {
    const { saver, offer } = setUp(1000);
    const read = vi.fn<() => AsyncIterable<Uint8Array<ArrayBuffer>>>();
    const file = { ...createSaveFile('a', patternBytes(1001)), read };
    await expect(saver.save(createSaveJob([file]))).rejects.toMatchObject({ code: 'too-large' });
    expect(read).not.toHaveBeenCalled();
    expect(offer).not.toHaveBeenCalled();
  });

  test('V3: offers nothing of a file that turns out incomplete', async () => {
    const { saver, offer } = setUp();
    const file = { ...createSaveFile('a', patternBytes(1000)), size: 1001 };
    await expect(saver.save(createSaveJob([file]))).rejects.toMatchObject({ code: 'read-failed' });
    expect(offer).not.toHaveBeenCalled();
  });

  test('offers nothing once aborted', async () => {
    const { saver, offer } = setUp();
    const controller = new AbortController();
    const job = createSaveJob([createSaveFile('a', patternBytes(5000))], {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(saver.save(job)).rejects.toMatchObject({ code: 'aborted' });
    expect(offer).not.toHaveBeenCalled();
  });

  test('V6: a browser without room for the Blob is too-large, and no more is read', async () => {
    const { saver, offer } = setUp();
    const noRoom = new DOMException('', 'NotReadableError');
    vi.spyOn(Blob.prototype, 'arrayBuffer').mockRejectedValueOnce(noRoom);
    const onProgress = vi.fn<(savedBytes: number) => void>();
    const file = createSaveFile('a', patternBytes(20 * MIB), MIB);
    const saving = saver.save(createSaveJob([file], { onProgress }));
    await expect(saving).rejects.toMatchObject({ code: 'too-large', cause: noRoom });
    expect(onProgress.mock.lastCall?.[0]).toBeLessThan(17 * MIB);
    expect(offer).not.toHaveBeenCalled();
  });
});
