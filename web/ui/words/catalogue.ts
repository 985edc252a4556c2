import type {
  ComponentsJSON,
  ExtractTemplateParams,
  TranslationFunction,
  Translations,
} from '@nanostores/i18n';
import { createI18n, transform, translationsLoading } from '@nanostores/i18n';
import { atom } from 'nanostores';
import type { Language } from './languages.ts';
import type { Forms, Values } from './sentences.ts';
import { fillSentence, pickForm } from './sentences.ts';

const loaders = import.meta.glob<ComponentsJSON>('./languages/*.json', { import: 'default' });
const loaded = new Map<Language, ComponentsJSON>();
const locale = atom<Language>('en');
const listeners = new Set<(language: Language) => void>();
let shown: Language = 'en';
let switchCount = 0;

const i18n = createI18n<Language, 'en'>(locale, {
  // What a file lacks is said in English. Sections that nobody has asked for yet are there when they are.
  get: (language, sections) =>
    Promise.resolve({
      ...Object.fromEntries(sections.map((name) => [name, {}])),
      ...loaded.get(language),
    }),
});

type Texts<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : English[Key];
};

/**
 * A section of the catalogue: its English, whose keys the files of the other languages have under the section's name.
 * What is returned holds the texts in the language that the page speaks, and goes along when that is switched.
 */
export function defineTexts<English extends Translations>(
  section: string,
  english: English,
): Texts<English>;
export function defineTexts(section: string, english: Translations): Translations {
  const texts = { ...english };
  i18n(section, english).subscribe((translated) => Object.assign(texts, translated));
  return texts;
}

interface Phrase {
  <Sentence extends string>(
    sentence: Sentence,
  ): TranslationFunction<[values: ExtractTemplateParams<Sentence>], string>;
}

/** A sentence with `{places}`, which are filled by name. */
export const phrase: Phrase = transform((language, sentence: string, values: object) =>
  fillSentence(language, sentence, { ...values }),
);

/** A sentence that depends on a number, its `{count}`. Other places are filled by name. */
export const plural = transform((language, forms: Forms, count: number, values: Values = {}) =>
  fillSentence(language, pickForm(language, forms, count), { ...values, count }),
);

/** What the page speaks now. */
export function currentLanguage(): Language {
  return shown;
}

/** Calls back when the page is to be drawn in another language. Returns the unsubscriber. */
export function onLanguageChange(listener: (language: Language) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** False where the language's texts could not be loaded: the page speaks on as before. The last call wins. */
export async function switchLanguage(language: Language): Promise<boolean> {
  switchCount += 1;
  const ownCount = switchCount;
  if (!(await loadTexts(language))) return false;
  if (ownCount !== switchCount) return true;
  locale.set(language);
  await translationsLoading(i18n);
  shown = language;
  for (const listener of listeners) listener(language);
  return true;
}

async function loadTexts(language: Language): Promise<boolean> {
  if (language === 'en' || loaded.has(language)) return true;
  try {
    const texts = await loaders[`./languages/${language}.json`]?.();
    if (texts !== undefined) loaded.set(language, texts);
    return texts !== undefined;
  } catch {
    return false;
  }
}
