import { describe, expect, test, vi } from 'vitest';
import type * as Catalogue from './catalogue.ts';
import { isRightToLeft, LANGUAGES } from './languages.ts';

/** A sentence, or one for each kind of number. */
type Message = string | Readonly<Record<string, string>>;
type Sections = Readonly<Record<string, Readonly<Record<string, Message>>>>;
type Defining = Parameters<typeof Catalogue.defineTexts>[1];

const english = vi.hoisted(() => new Map<string, Defining>());

vi.mock('./catalogue.ts', async (importOriginal) => {
  const original = await importOriginal<typeof Catalogue>();
  return {
    ...original,
    defineTexts: (section: string, texts: Defining) => {
      english.set(section, texts);
      return original.defineTexts(section, texts);
    },
  };
});

const sources = import.meta.glob<string>('../**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const sections = import.meta.glob(['../texts.ts', './*-texts.ts']);
const files = import.meta.glob<Sections>('./languages/*.json', {
  import: 'default',
  eager: true,
});

for (const load of Object.values(sections)) await load();

/** Every message of a language by section and key: a sentence, or its plural forms. */
function listMessages(texts: Sections): Map<string, Message> {
  const entries = Object.entries(texts).flatMap(([section, messages]) =>
    Object.entries(messages).map(([key, message]) => [`${section}.${key}`, message] as const),
  );
  return new Map(entries);
}

const ENGLISH = listMessages(
  Object.fromEntries(
    Array.from(english, ([section, texts]) => [
      section,
      Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, readForms(text)])),
    ]),
  ),
);

/** What `phrase` and `plural` were given is kept by the library as `input`. */
function readForms(text: Defining[string] | undefined): Message {
  if (typeof text === 'string') return text;
  const input: unknown = Reflect.get(Object(text), 'input');
  if (typeof input === 'string') return input;
  return Object.fromEntries(
    Object.entries(Object(input)).map(([category, form]) => [category, String(form)]),
  );
}

function listForms(message: Message | undefined): string[] {
  if (message === undefined) return [];
  return typeof message === 'string' ? [message] : Object.values(message);
}

function listPlaces(message: Message | undefined): string[] {
  const places = listForms(message).flatMap((form) => form.match(/\{\w+\}/g) ?? []);
  return [...new Set(places)].toSorted();
}

test('every section of the catalogue is looked at here', () => {
  const defining = Object.entries(sources).filter(
    ([path, source]) => source.includes('defineTexts(') && !/catalogue|\.test\.ts/.test(path),
  );
  expect(Object.keys(sections).toSorted()).toEqual(defining.map(([path]) => path).toSorted());
  expect(ENGLISH.size).toBeGreaterThan(150);
});

test('every language but English has a file, and every file is a language of the page', () => {
  const languages = Object.keys(files).map((path) => path.replace(/^.*\/|\.json$/g, ''));
  expect([...languages, 'en'].toSorted()).toEqual(Object.keys(LANGUAGES).toSorted());
  expect(languages.some(isRightToLeft)).toBe(true);
});

describe.each([['en', ENGLISH] as const, ...listTranslations()])('%s', (language, messages) => {
  test('says everything that English says, and nothing else', () => {
    expect([...messages.keys()].toSorted()).toEqual([...ENGLISH.keys()].toSorted());
  });

  test('has the same places as English in every message', () => {
    const wrong = [...ENGLISH].filter(
      ([key, message]) =>
        messages.has(key) && listPlaces(messages.get(key)).join() !== listPlaces(message).join(),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  test('has exactly the plural forms that it tells apart', () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const wrong = [...messages].filter(([key, message]) => {
      const isPlural = typeof ENGLISH.get(key) === 'object';
      if (typeof message === 'string') return isPlural;
      return !isPlural || Object.keys(message).toSorted().join() !== categories.join();
    });
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  test('has a number in every form that is for several numbers', () => {
    const rules = new Intl.PluralRules(language);
    const isForOne = (category: string): boolean =>
      Array.from({ length: 200 }, (_, n) => n).filter((n) => rules.select(n) === category).length <=
      1;
    const wrong = [...messages].filter(([key, message]) => {
      if (typeof message === 'string' || !listPlaces(ENGLISH.get(key)).includes('{count}'))
        return false;
      return Object.entries(message).some(
        ([category, form]) => !isForOne(category) && !listPlaces(form).includes('{count}'),
      );
    });
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  test('has no empty text, and none with a space at its end', () => {
    const wrong = [...messages].filter(([, message]) =>
      listForms(message).some((form) => form === '' || form !== form.trim()),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });
});

function listTranslations(): (readonly [string, Map<string, Message>])[] {
  return Object.entries(files).map(([path, texts]) => [
    path.replace(/^.*\/|\.json$/g, ''),
    listMessages(texts),
  ]);
}

test.each(listTranslations())(
  '%s is a translation: what is the same as in English is rare',
  (_, messages) => {
    const same = [...ENGLISH].filter(
      ([key, message]) => JSON.stringify(messages.get(key)) === JSON.stringify(message),
    );
    expect(same.length / ENGLISH.size).toBeLessThan(0.06);
  },
);
