import { defineTexts } from './catalogue.ts';

/** Where a person chooses whether others may learn the browser's address. */
export const RELAY_TEXTS = defineTexts('relay', {
  only: 'Connect only through a relay',
  hint:
    'Others see the relay’s address instead of yours. It is slower, and whoever hosts this page still sees yours. ' +
    'Remembered in this browser.',
  missing: 'Whoever hosts this page has set up no relay. Without one, others see your address.',
  missingNow:
    'Whoever hosts this page has set up no relay, so nothing connects until you turn this off.',
});
