import { isRightToLeft } from './languages.ts';
import { writeNumber } from './numbers.ts';

/** What comes into a sentence, by the names of its `{places}`. Numbers are written as the language does it. */
export type Values = Readonly<Record<string, string | number>>;

/** One sentence for each kind of number that a language tells apart. */
export type Forms = { readonly other: string } & Partial<
  Readonly<Record<'zero' | 'one' | 'two' | 'few' | 'many', string>>
>;

const PLACE = /\{(\w+)\}/g;
const RIGHT_TO_LEFT_LETTER =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

export function fillSentence(language: string, sentence: string, values: Values): string {
  return sentence.replace(PLACE, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return isolate(language, typeof value === 'number' ? writeNumber(language, value) : value);
  });
}

/** `{count}` stands for the number itself. */
export function pickForm(language: string, forms: Forms, count: number): string {
  return forms[new Intl.PluralRules(language).select(count)] ?? forms.other;
}

/** One sentence behind the other, with a space where the language puts one. */
export function joinSentences(first: string, second: string): string {
  return first === '' || /[。！？]$/.test(first) ? first + second : `${first} ${second}`;
}

/** Between marks that nobody sees, so that a name written the other way does not turn the words around it. */
export function isolate(language: string, text: string): string {
  const isNeeded = isRightToLeft(language) || RIGHT_TO_LEFT_LETTER.test(text);
  return isNeeded ? `\u2068${text}\u2069` : text;
}
