import { expect, test, vi } from 'vitest';
import type { Bytes } from '../../shared/share/bytes.ts';
import { equalBytes } from '../../shared/share/bytes.ts';
import { patternBytes } from '../../shared/share/sample-share.test-helper.ts';
import { SaveError } from '../app/ports/saver.ts';
import { assembleByResponse } from './assemble-by-response.ts';

/** Gives these parts, and then ends or fails. */
function streamOf(parts: readonly Bytes[], error?: SaveError): ReadableStream<Bytes> {
  const left = [...parts];
  return new ReadableStream<Bytes>(
    {
      pull(controller) {
        const part = left.shift();
        if (part !== undefined) controller.enqueue(part);
        else if (error === undefined) controller.close();
        else controller.error(error);
      },
    },
    { highWaterMark: 0 },
  );
}

test('case U2; V4: holds every byte, under a type that no browser shows or runs', async () => {
  const [first, second] = [patternBytes(70_000), patternBytes(5, 1)];
  const blob = await assembleByResponse(streamOf([first, second]));
  expect(blob.type).toBe('application/octet-stream');
  const bytes = new Uint8Array(await blob.arrayBuffer());
  expect(equalBytes(bytes, new Uint8Array([...first, ...second]))).toBe(true);
});

test('V3: there is no Blob of what breaks off, and the reason is not lost', async () => {
  const error = new SaveError('read-failed');
  await expect(assembleByResponse(streamOf([patternBytes(9)], error))).rejects.toBe(error);
});

test('V6: where the browser has no room, no more is read', async () => {
  const cancel = vi.fn<() => void>();
  const refuse = vi.spyOn(Response.prototype, 'blob').mockRejectedValue(new TypeError('full'));
  const reading = assembleByResponse(new ReadableStream<Bytes>({ cancel }));
  await expect(reading).rejects.toMatchObject({ code: 'too-large' });
  expect(cancel).toHaveBeenCalledTimes(1);
  refuse.mockRestore();
});
