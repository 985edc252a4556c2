import { defineTexts, phrase, plural } from './catalogue.ts';

/** What stands at the files of a share of several. */
export const FILES_TEXTS = defineTexts('files', {
  choose: 'Choose files…',
  title: 'Choose what to download',
  chooseToSave: 'Save some files…',
  titleToSave: 'Choose what to save',
  selectAll: 'Select all',
  selectNone: 'Select none',
  downloadNone: 'Download selected',
  downloadSelected: plural({
    one: 'Download selected ({count} file, {size})',
    other: 'Download selected ({count} files, {size})',
  }),
  saveNone: 'Save selected',
  saveSelected: plural({
    one: 'Save selected ({count} file, {size})',
    other: 'Save selected ({count} files, {size})',
  }),
  saveAs: 'Save as…',
  saveIntoFolder: 'Save into a folder…',
  cancel: 'Cancel',
  folder: plural({ one: 'Folder {path}, {count} file', other: 'Folder {path}, {count} files' }),
  toCome: 'to come',
  notChosen: 'not chosen',
  complete: 'Complete · the files that you chose',
  hintComplete: 'While this tab stays open, you help others get these files.',
  pages: 'Pages of the file list',
  previous: 'Previous',
  next: 'Next',
  linesOf: phrase('{first} to {last} of {total}'),
});
