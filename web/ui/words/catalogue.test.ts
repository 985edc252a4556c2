import { afterEach, expect, test } from 'vitest';
import {
  currentLanguage,
  defineTexts,
  onLanguageChange,
  phrase,
  plural,
  switchLanguage,
} from './catalogue.ts';
import { LanguageChoice } from './language-choice.ts';

const TEXTS = defineTexts('card', {
  save: 'Save',
  saveFile: phrase('Save {path}'),
  files: plural({ one: '{count} file', other: '{count} files' }),
  untranslated: 'Only in English',
});

afterEach(() => switchLanguage('en'));

function remember(language?: string) {
  const memory = {
    language,
    read: () => memory.language,
    write: (next: string) => void (memory.language = next),
  };
  return memory;
}

test('texts are English until another language is there, and then that, in one step', async () => {
  const seen: string[] = [];
  const stop = onLanguageChange((language) => seen.push(`${language}: ${TEXTS.save}`));
  const switching = switchLanguage('de');
  expect([TEXTS.save, currentLanguage()]).toEqual(['Save', 'en']);
  expect(await switching).toBe(true);
  expect([TEXTS.save, TEXTS.saveFile({ path: 'a' }), TEXTS.files(2)]).toEqual([
    'Speichern',
    'a speichern',
    '2 Dateien',
  ]);
  stop();
  await switchLanguage('en');
  expect(seen).toEqual(['de: Speichern']);
  expect(TEXTS.files(1)).toBe('1 file');
});

test('what a language lacks is said in English, and so is a section that it lacks', async () => {
  const strange = defineTexts('not-translated', { only: 'Here' });
  await switchLanguage('de');
  expect([TEXTS.untranslated, strange.only]).toEqual(['Only in English', 'Here']);
});

test('a section that is loaded after the switch speaks the language at once', async () => {
  await switchLanguage('de');
  expect(defineTexts('notice', { dismiss: 'Dismiss' }).dismiss).toBe('Ausblenden');
});

test('of several switches the last one counts', async () => {
  await Promise.all([switchLanguage('de'), switchLanguage('en')]);
  expect([currentLanguage(), TEXTS.save]).toEqual(['en', 'Save']);
});

test('the page opens in the language that was chosen, or else in one that the browser asks for', async () => {
  const german = new LanguageChoice(['tlh', 'de-AT'], remember());
  expect(new LanguageChoice(['en-GB'], remember()).open()).toBeUndefined();
  expect(new LanguageChoice(['de'], remember('en')).open()).toBeUndefined();
  await new LanguageChoice(['de'], remember('no such language')).open();
  expect(currentLanguage()).toBe('de');
  await switchLanguage('en');
  await german.open();
  expect(currentLanguage()).toBe('de');
});

test('only a choice is remembered', async () => {
  const memory = remember();
  const choice = new LanguageChoice(['de'], memory);
  await choice.open();
  expect(memory.language).toBeUndefined();
  expect(await choice.choose('en')).toBe(true);
  expect(memory.language).toBe('en');
});
