import { expect, test } from 'vitest';
import { findMediaType, findPreviewKind } from './preview-kinds.ts';

test('F2: the kind goes by the extension alone, in either case', () => {
  expect(findPreviewKind('a/Film.MP4')).toBe('video');
  expect(findPreviewKind('song.flac')).toBe('audio');
  expect(findPreviewKind('drawing.svg')).toBe('image');
  expect(findPreviewKind('page.html')).toBe('text');
  expect(findPreviewKind('film.mp4.exe')).toBeUndefined();
  expect(findPreviewKind('a.mp4/b')).toBeUndefined();
  expect(findPreviewKind('.mp4')).toBeUndefined();
  expect(findPreviewKind('mp4')).toBeUndefined();
});

test.each(['html', 'htm', 'xhtml', 'js', 'mjs', 'pdf', 'xml', 'swf', 'constructor', '__proto__'])(
  'case U7; F2: no element is given a .%s',
  (extension) => {
    expect(findMediaType(`a.${extension}`)).toBeUndefined();
  },
);
