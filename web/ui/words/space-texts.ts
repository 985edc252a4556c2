import { defineTexts, phrase, plural } from './catalogue.ts';

/** What the page takes of the browser's storage, and how it is cleared. */
export const SPACE_TEXTS = defineTexts('space', {
  title: 'Storage',
  used: phrase('{used} of this browser’s storage used. It would give {quota}.'),
  clearFinished: 'Clear finished downloads',
  clearAll: 'Clear everything',
  question: 'Clear everything? None of it comes back.',
  own: phrase('Your links stop working, unless others hold all of it: {names}'),
  underWay: phrase('Ends, and what is here of it is deleted: {names}'),
  unsaved: phrase('Complete, but not saved yet: {names}'),
  saved: phrase('Saved already: {names}'),
  others: phrase('In other tabs of this browser: {names}'),
  volunteered: phrase('{amount} kept for other people’s files'),
  more: plural({ one: '{names} and {count} more', other: '{names} and {count} more' }),
  clearNow: 'Yes, clear everything',
  keep: 'Keep it',
  cleared: 'Everything was cleared.',
  clearedFinished: 'Finished downloads were cleared.',
  less: 'Show less',
});
