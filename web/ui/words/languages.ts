/** Every language of the page by its BCP 47 tag, in its own name. All but English have a file in `languages/`. */
export const LANGUAGES = {
  ar: 'العربية',
  de: 'Deutsch',
  en: 'English',
  es: 'Español',
  fr: 'Français',
  he: 'עברית',
  it: 'Italiano',
  ja: '日本語',
  nl: 'Nederlands',
  pl: 'Polski',
  'pt-BR': 'Português (Brasil)',
  ru: 'Русский',
  tr: 'Türkçe',
  uk: 'Українська',
  'zh-Hans': '简体中文',
} as const;

export type Language = keyof typeof LANGUAGES;

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar', 'he']);

export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(LANGUAGES, tag);
}

export function isRightToLeft(language: string): boolean {
  return RIGHT_TO_LEFT.has(language);
}

/** The first wanted tag that the page has, be it of another country or script; English where it has none of them. */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = findLanguage(tag);
    if (found !== undefined) return found;
  }
  return 'en';
}

function findLanguage(tag: string): Language | undefined {
  if (isLanguage(tag)) return tag;
  const wanted = dropCountry(tag);
  return Object.keys(LANGUAGES)
    .filter(isLanguage)
    .find((language) => dropCountry(language) === wanted);
}

/** "de" of "de-AT". */
function dropCountry(tag: string): string {
  return tag.toLowerCase().replace(/-.*/, '');
}
