import { defineTexts, phrase, plural } from './catalogue.ts';

/** What this browser keeps for others. */
export const VOLUNTEER_TEXTS = defineTexts('volunteer', {
  title: 'Help keep files available',
  offer:
    'While this page is open, this browser keeps pieces of other people’s files, so that they stay available ' +
    'when whoever shared them has left. All of it is encrypted: you cannot see names or contents.',
  idle: 'Nothing to keep at the moment. Leave this tab open: pieces come by themselves.',
  resting: 'Not offered to anybody while this is off.',
  held: phrase('Keeping {amount} of {budget}'),
  kept: phrase('{amount} still stored here'),
  pieces: plural({ one: '{count} piece', other: '{count} pieces' }),
  ofShares: plural({ one: '{pieces} of {count} share', other: '{pieces} of {count} shares' }),
  sending: phrase('Sending {speed}'),
  space: 'Space to lend',
  upload: 'Send at most',
  noLimit: 'as fast as it goes',
  forget: 'Forget all of it',
  forgotten: 'Everything kept for others was deleted, and nothing more is taken.',
});
