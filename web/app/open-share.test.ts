import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../shared/share/bytes.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { openShare } from './open-share.ts';

const share = await createSampleShare({ streamLength: 100, name: 'notes.txt' });
const other = await createSampleShare({ streamLength: 100, name: 'other.txt' });

async function findProblem(secret: Bytes, header: Bytes): Promise<string | undefined> {
  const opened = await openShare({ secret, shareId: share.shareId }, header);
  return opened.kind === 'refused' ? opened.problem.code : undefined;
}

describe('openShare', () => {
  test('opens a share by its link and its header', async () => {
    const opened = await openShare(share, share.header.bytes);
    expect(opened.kind === 'opened' && opened.share.summary.name).toBe('notes.txt');
  });

  test.each<[string, Bytes]>([
    ['the header of another share', other.header.bytes],
    ['a header cut short', share.header.bytes.slice(0, -1)],
    ['no header at all', new Uint8Array()],
    ['a header that is noise', new Uint8Array(300).fill(1)],
  ])('H5: %s is not taken, whoever gives it', async (_, header) => {
    expect(await findProblem(share.secret, header)).toBe('bad-header');
  });

  test('H5: a header changed in any byte is not taken', async () => {
    for (let i = 0; i < share.header.bytes.byteLength; i += 7) {
      const header = share.header.bytes.slice();
      header[i] = (header[i] ?? 0) ^ 1;
      expect(await findProblem(share.secret, header)).toBe('bad-header');
    }
  });

  test('case P7; K3: a link with another secret is damaged, and told so by the header alone', async () => {
    expect(await findProblem(other.secret, share.header.bytes)).toBe('wrong-key');
  });
});
