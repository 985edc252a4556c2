import type { Language } from './languages.ts';
import { currentLanguage, switchLanguage } from './catalogue.ts';
import { isLanguage, pickLanguage } from './languages.ts';

/** Where the language that a person chose outlives a reload. */
export interface LanguageMemory {
  read: () => string | undefined;
  write: (language: string) => void;
}

/** Which language the page speaks: what was chosen here, or else the first that the browser asks for. */
export class LanguageChoice {
  readonly #wanted: readonly string[];
  readonly #memory: LanguageMemory;

  constructor(wanted: readonly string[], memory: LanguageMemory) {
    this.#wanted = wanted;
    this.#memory = memory;
  }

  /** Undefined where there is nothing to wait for. */
  open(): Promise<boolean> | undefined {
    const remembered = this.#memory.read();
    const language =
      remembered !== undefined && isLanguage(remembered) ? remembered : pickLanguage(this.#wanted);
    return language === currentLanguage() ? undefined : switchLanguage(language);
  }

  /** False where it could not be loaded. */
  async choose(language: Language): Promise<boolean> {
    const isLoaded = await switchLanguage(language);
    if (currentLanguage() === language) this.#memory.write(language);
    return isLoaded;
  }
}
