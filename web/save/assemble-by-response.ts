import type { Bytes } from '../../shared/share/bytes.ts';
import { SaveError } from '../app/ports/saver.ts';

const TYPE = 'application/octet-stream';

/**
 * One Blob of all the bytes, made by the browser itself: Firefox keeps such a one in a temporary file, and none of it
 * in memory. Rejects with the stream's error, or with too-large where the browser has no room.
 */
export async function assembleByResponse(stream: ReadableStream<Bytes>): Promise<Blob> {
  const reader = stream.getReader();
  let failure: unknown;
  const source: UnderlyingDefaultSource<Bytes> = {
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        // A response tells of no error but its own.
        failure = error;
        controller.error(error);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  };
  const body = new ReadableStream(source, { highWaterMark: 0 });
  try {
    return await new Response(body, { headers: { 'Content-Type': TYPE } }).blob();
  } catch (cause) {
    await reader.cancel().catch(() => undefined);
    if (failure instanceof SaveError) throw failure;
    throw new SaveError('too-large', { cause });
  }
}
