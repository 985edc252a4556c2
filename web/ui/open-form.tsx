import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { isShareLink } from '../app/is-share-link.ts';
import { TEXTS } from './texts.ts';

export function OpenForm({ open }: { readonly open: (text: string) => void }): JSX.Element {
  const id = useId();
  return (
    <form
      class="open-form"
      onSubmit={(event) => {
        event.preventDefault();
        const input = event.currentTarget.elements.namedItem('link');
        if (!(input instanceof HTMLInputElement)) return;
        const text = input.value.trim();
        if (text === '') return input.focus();
        open(text);
        // What is not a link stays, to be corrected.
        if (isShareLink(text)) input.value = '';
        return undefined;
      }}
    >
      <label for={id}>{TEXTS.openLabel}</label>
      <div class="field-row">
        <input
          id={id}
          name="link"
          type="text"
          dir="ltr"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
        />
        <button type="submit" class="button">
          {TEXTS.openButton}
        </button>
      </div>
    </form>
  );
}
