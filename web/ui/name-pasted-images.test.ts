import { expect, test } from 'vitest';
import type { Gathered } from './gather-files.ts';
import { namePastedImages } from './name-pasted-images.ts';

const NOON = new Date(2026, 10, 3, 12).getTime();

function paste(name: string, type: string, handles?: Gathered['handles']): Gathered {
  const file = new File(['x'], name, { type, lastModified: NOON });
  return { files: [{ path: name, file }], unreadableCount: 0, handles };
}

function nameOf(gathered: Gathered): string | undefined {
  return namePastedImages(gathered).files[0]?.path;
}

test('a picture without a name of its own is named after the day that it was pasted', () => {
  expect(nameOf(paste('image.png', 'image/png'))).toBe('pasted image 2026-11-03.png');
});

test('its bytes, type and time stay', async () => {
  const file = namePastedImages(paste('image.png', 'image/png')).files[0]?.file;
  expect(file).toMatchObject({ type: 'image/png', lastModified: NOON });
  expect(await file?.text()).toBe('x');
});

test('whatever has a name keeps it', () => {
  expect(nameOf(paste('image (1).png', 'image/png'))).toBe('image (1).png');
  expect(nameOf(paste('image.txt', 'text/plain'))).toBe('image.txt');
  expect(nameOf(paste('folder/image.png', 'image/png'))).toBe('folder/image.png');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only its presence counts here
  const handle = { name: 'image.png' } as FileSystemHandle;
  expect(nameOf(paste('image.png', 'image/png', [handle]))).toBe('image.png');
});
