import type { Choice, Choices } from '../app/ports/choices.ts';
import type { RememberedText } from './remembered-text.ts';
import { rememberText } from './remembered-text.ts';

/** One remembered text each. A browser that is told to store nothing forgets them with the tab. */
export function createLocalChoices(): Choices {
  const here = new Map<Choice, boolean>();
  return {
    has: (choice) => here.get(choice) ?? remember(choice).read() === 'on',
    set(choice, isOn) {
      here.set(choice, isOn);
      remember(choice).write(isOn ? 'on' : 'off');
    },
  };
}

function remember(choice: Choice): RememberedText {
  return rememberText(`peerify/choice/${choice}`);
}
