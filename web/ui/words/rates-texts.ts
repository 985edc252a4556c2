import { defineTexts } from './catalogue.ts';

/** Where a person limits what the tab sends and receives. */
export const RATES_TEXTS = defineTexts('rates', {
  receive: 'Receive at most',
  send: 'Send at most',
  noLimit: 'No limit',
  other: 'Another number…',
  amount: 'Number',
  unit: 'Unit',
  hint: 'For everything in this tab together. Remembered in this browser.',
});
