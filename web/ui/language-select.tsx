import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Language } from './words/languages.ts';
import { TEXTS } from './texts.ts';
import { currentLanguage } from './words/catalogue.ts';
import { isLanguage, LANGUAGES } from './words/languages.ts';

interface LanguageSelectProps {
  /** False where that language could not be loaded. */
  readonly choose: (language: Language) => Promise<boolean>;
}

/** Each language in its own name, so that whoever cannot read the page finds theirs. */
export function LanguageSelect({ choose }: LanguageSelectProps): JSX.Element {
  const id = useId();
  const [isMissing, setMissing] = useState(false);
  return (
    <div class="field">
      <label for={id}>{TEXTS.language}</label>
      <select
        id={id}
        value={currentLanguage()}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (isLanguage(value)) void choose(value).then((isLoaded) => setMissing(!isLoaded));
        }}
      >
        {Object.entries(LANGUAGES).map(([language, name]) => (
          <option key={language} value={language} lang={language} dir="auto">
            {name}
          </option>
        ))}
      </select>
      <p class="hint" role="status">
        {isMissing ? TEXTS.languageMissing : ''}
      </p>
    </div>
  );
}
