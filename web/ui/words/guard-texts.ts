import { defineTexts, phrase, plural } from './catalogue.ts';

/** What stands where a password is chosen or asked for. */
export const PASSWORD_TEXTS = defineTexts('password', {
  forNext: 'Password for what you share next',
  forNextHint:
    'Whoever opens the link has to know it. If it is lost, nobody can find it out for you.',
  protected: 'protected with a password',
  sendApart: 'Send the password another way than the link: in a call, or in another app.',
  label: 'Password',
  show: 'Show',
  showPassword: 'Show password',
  unlock: 'Unlock',
  ask: 'Whoever sent you the link knows it. It is not part of the link.',
  checking: 'Checking…',
  wrong: 'This password does not open it. Check it letter by letter, and try again.',
  unavailable: 'A part of this page could not be loaded. Check the network and try again.',
});

/** What is said of the end that a sharer gives a share. `{when}` is such as "in 3 hours". */
export const END_TEXTS = defineTexts('end', {
  none: 'This share does not end by itself',
  ends: phrase('This share ends {when}'),
  label: 'It ends',
  never: 'never',
  hour: 'in an hour',
  day: 'in a day',
  week: 'in a week',
  meaning:
    'From then on nobody new is let in. Copies that others have taken by then cannot be recalled.',
  now: 'End this share now',
  ask: 'End it now, and for good? Nobody new is let in. Copies already taken cannot be recalled.',
  confirm: 'Yes, end it',
  keep: 'Do not end it',
  sharer: 'Nobody new is let in any more. Copies that others have taken cannot be recalled.',
  complete: 'The sharer has ended this share. What you have can still be saved.',
  goingOn: 'The sharer has ended this share. What the connected peers have still comes.',
  incomplete:
    'The sharer has ended this share before all of it was here. Ask whoever sent the link for a new one.',
  counted: plural({ one: '{done} of {count} download', other: '{done} of {count} downloads' }),
});
