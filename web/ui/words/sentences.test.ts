import { expect, test } from 'vitest';
import { fillSentence, joinSentences, pickForm } from './sentences.ts';

test('places are filled by name, once, and what is filled in is taken as it is', () => {
  expect(fillSentence('en', '{a}, {b}, {a}', { a: 'x', b: 'y' })).toBe('x, y, x');
  expect(fillSentence('en', 'Save {a}', { a: '$& $1 {b}', b: 'y' })).toBe('Save $& $1 {b}');
});

test('numbers are written as the language does it', () => {
  expect(fillSentence('en', '{count} files', { count: 1204 })).toBe('1,204 files');
  expect(fillSentence('de', '{count} Dateien', { count: 1204 })).toBe('1.204 Dateien');
});

test('the form is that of the number, or the one for all where a language lacks it', () => {
  const forms = { one: 'файл', few: 'файла', many: 'файлов', other: 'файла' };
  expect([1, 3, 5, 21, 1.5].map((count) => pickForm('ru', forms, count))).toEqual([
    'файл',
    'файла',
    'файлов',
    'файл',
    'файла',
  ]);
  expect(pickForm('ru', { other: 'файла' }, 1)).toBe('файла');
});

test('what runs the other way is isolated from the sentence around it', () => {
  expect(fillSentence('en', 'Save {name}', { name: 'صور.zip' })).toBe('Save \u2068صور.zip\u2069');
  expect(fillSentence('ar', 'حفظ {name}', { name: 'a.zip' })).toBe('حفظ \u2068a.zip\u2069');
  expect(fillSentence('ru', 'Сохранить {name}', { name: 'a.zip' })).toBe('Сохранить a.zip');
});

test('between two sentences is a space, but not behind a Chinese or Japanese one', () => {
  expect(joinSentences('Gone.', 'Try again.')).toBe('Gone. Try again.');
  expect(joinSentences('', 'Try again.')).toBe('Try again.');
  expect(joinSentences('保存に失敗しました。', 'もう一度。')).toBe(
    '保存に失敗しました。もう一度。',
  );
});
