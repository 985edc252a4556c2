import { expect, test } from 'vitest';
import { pickPlace } from './pick-place.ts';

/** Every dialog ends with this error. */
function endingWith(name: string): Parameters<typeof pickPlace>[0] {
  const end = () => Promise.reject(new DOMException('', name));
  return { isSecureContext: true, showSaveFilePicker: end, showDirectoryPicker: end };
}

test('V9: only a person who closes the dialog is told nothing', async () => {
  for (const kind of ['file', 'folder'] as const) {
    expect(await pickPlace(endingWith('AbortError'), kind, 'a.txt')).toBeUndefined();
    for (const name of ['SecurityError', 'NotAllowedError']) {
      const picking = pickPlace(endingWith(name), kind, 'a.txt');
      await expect(picking).rejects.toMatchObject({ name: 'PickError', code: 'refused' });
    }
  }
});
