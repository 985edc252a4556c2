import { expect, test } from 'vitest';
import { isRunnable, shortenMiddle, splitName } from './name-parts.ts';

test.each([
  ['report.pdf', 'report', 'pdf'],
  ['archive.tar.gz', 'archive.tar', 'gz'],
  ['.profile', '.profile', ''],
  ['README', 'README', ''],
  ['ends with a dot.', 'ends with a dot.', ''],
  ['Dr. Who and the rest', 'Dr. Who and the rest', ''],
  ['v1.a-very-long-tail-indeed', 'v1.a-very-long-tail-indeed', ''],
  ['photo.jpg          .exe', 'photo.jpg          ', 'exe'],
  ['', '', ''],
])('splitName(%j)', (name, stem, extension) => {
  expect(splitName(name)).toEqual({ stem, extension });
});

test('stem and extension together are the name', () => {
  for (const name of ['a.b', 'a', '.a', 'a.b.c', 'a.']) {
    const { stem, extension } = splitName(name);
    expect(extension === '' ? stem : `${stem}.${extension}`).toBe(name);
  }
});

test('isRunnable looks at the last extension, whatever its case', () => {
  expect(isRunnable('holiday.jpg.EXE')).toBe(true);
  expect(isRunnable('exe.jpg')).toBe(false);
  expect(isRunnable('exe')).toBe(false);
});

test('shortenMiddle keeps both ends, and never cuts a character in two', () => {
  expect(shortenMiddle('short')).toBe('short');
  const shortened = shortenMiddle(`start${'😀'.repeat(200)}end`);
  expect(Array.from(shortened)).toHaveLength(90);
  expect(shortened).toMatch(/^start😀+…😀+end$/u);
});
