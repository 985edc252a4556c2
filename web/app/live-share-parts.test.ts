import { expect, test } from 'vitest';
import { computeLiveRole } from './live-share-parts.ts';
import { createPausedDownload } from './open-app.test-helper.ts';

test('D8, D11: what another tab has saved is still to be saved by one that was to save it as well', async () => {
  const { record } = await createPausedDownload();
  const left = { ...record, part: { role: 'receiver', saved: true, savedFiles: [0] } } as const;
  expect(computeLiveRole(left, undefined, undefined)).toMatchObject({
    isSaved: true,
    savedFiles: [0],
  });
  const other = { isWanted: false, isSavedHere: undefined, savedFiles: [] };
  expect(computeLiveRole(left, other, undefined)).toMatchObject({
    isSaved: true,
    savedFiles: [0],
  });
  const here = { isWanted: true, isSavedHere: false, savedFiles: [1] };
  expect(computeLiveRole(left, here, undefined)).toMatchObject({ isSaved: false, savedFiles: [1] });
  const again = { isWanted: false, isSavedHere: true, savedFiles: [1] };
  expect(computeLiveRole(left, again, undefined)).toMatchObject({
    isSaved: true,
    savedFiles: [1, 0],
  });
});
