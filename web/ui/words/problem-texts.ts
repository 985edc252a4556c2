import type { NamesProblem, PlainProblem, Problem } from '../../app/app-state.ts';
import { currentLanguage, defineTexts, phrase, plural } from './catalogue.ts';
import { writeNumber } from './numbers.ts';
import { joinSentences } from './sentences.ts';

/** What stands on notices of any kind. */
export const NOTICE_TEXTS = defineTexts('notice', {
  dismiss: 'Dismiss',
  offer: plural({
    one: '“{name}” was handed to this page. Share it?',
    other: '“{name}”, {count} files, were handed to this page. Share them?',
  }),
  offerAdvice: 'Nothing has been shared yet. If this was not you, do not share it.',
  acceptOffer: 'Share',
  refuseOffer: 'Do not share',
  unreadable: plural({
    one: '{count} item could not be read and was left out.',
    other: '{count} items could not be read and were left out.',
  }),
  unreadableAdvice: 'Check that you may open them, then drop them again.',
});

type ProblemCode = PlainProblem['code'];

/** What went wrong in one plain sentence, by its code, and in another what to do next. */
const PROBLEM_TEXTS: Readonly<Record<ProblemCode | `${ProblemCode}.advice`, string>> = defineTexts(
  'problems',
  {
    'nothing-chosen': 'There was no file in what you chose.',
    'nothing-chosen.advice': 'Choose at least one file, or a folder that has files in it.',
    'too-large': 'This is more than one share can hold.',
    'too-large.advice': 'Share at most 256 GiB and 100,000 files at once.',
    'handed-too-much': 'What was handed to this page is more than it can take that way.',
    'handed-too-much.advice': 'Choose the files here instead.',
    'bad-names': 'Some of these files have names that cannot be shared.',
    'bad-names.advice': 'Rename them or leave them out, and choose again.',
    'wrong-key': 'This link is damaged: it does not fit the share that it names.',
    'wrong-key.advice': 'Copy the whole link again from where you got it.',
    ended: 'The sharer has ended this share.',
    'ended.advice': 'Nobody new is let in any more. Ask whoever sent the link for a new one.',
    'bad-header': 'The tracker gave a description of this share that the sharer did not sign.',
    'bad-header.advice': 'Try again later, or ask the sharer for a link through another tracker.',
    'bad-index': 'The file list of this share is broken.',
    'bad-index.advice': 'Ask the sharer to share the files again.',
    'not-allowed': 'The browser was not allowed to read the files.',
    'not-allowed.advice': 'Choose them again, or press the button once more and allow it.',
    'other-files': 'These are not the files that were shared, or they have changed since.',
    'other-files.advice': 'Choose the same files, or share the new ones with a new link.',
    'tracker-refused': 'The tracker does not take this share in at the moment.',
    'tracker-refused.advice':
      'Remove shares that you no longer need, or try again later: the page keeps trying.',
    'page-incomplete': 'A part of this page could not be loaded.',
    'page-incomplete.advice': 'Check the network and press Resume, or reload the page.',
    'part-missing': 'A part of this page could not be loaded.',
    'part-missing.advice': 'Check the network, then reload the page.',
    'little-room': 'This browser has less room than this takes.',
    'little-room.advice':
      'Free some space on this device or remove other shares here, then press Download.',
    'no-room-for-others': 'This browser has no more room for pieces of others.',
    'no-room-for-others.advice':
      'What is kept stays, and nothing more is taken. Free some space on this device, then turn this off and on.',
    'insecure-page':
      'This page was opened over an insecure address, where browsers switch off encryption.',
    'insecure-page.advice':
      'Open it over https, or on the computer that runs it as http://localhost.',
    'no-webrtc':
      'This browser cannot connect to other browsers: WebRTC is missing or switched off.',
    'no-webrtc.advice': 'Use a current Chrome, Edge, Firefox or Safari, or switch WebRTC on.',
    'empty-link': 'There is nothing to open yet.',
    'empty-link.advice': 'Paste a link or a file ID first.',
    'wrong-version': 'This link was made by another version.',
    'wrong-version.advice': 'Reload this page, and ask the sharer to do the same.',
    'damaged-link': 'This is not a whole file ID.',
    'damaged-link.advice':
      'Copy the whole link, or the 44 characters of the file ID, and try again.',
    'quota-exceeded': 'This browser has no more room for the file.',
    'quota-exceeded.advice':
      'Free some space on this device or remove other shares here: it goes on by itself when there is room.',
    'source-changed': 'A shared file was changed, so sharing it was stopped.',
    'source-changed.advice': 'Nothing altered was sent. Share the changed file with a new link.',
    'source-unreadable': 'A shared file can no longer be read: it was moved, deleted or changed.',
    'source-unreadable.advice': 'Put it back and choose it again, or make a new share.',
    'store-unavailable': 'This browser does not let the page store data.',
    'store-unavailable.advice':
      'Leave private browsing or allow site data. What was paused then goes on by itself.',
    'save-aborted': 'Saving was cancelled.',
    'save-aborted.advice': 'Press Save to try again: nothing has to be downloaded anew.',
    'save-too-large': 'This browser cannot save a file of this size from a page.',
    'save-too-large.advice':
      'Open the same link in a current Chrome, Edge or Firefox window that is not private.',
    'save-read-failed': 'Some of what was stored here has gone missing.',
    'save-read-failed.advice':
      'It is being fetched again. Press Save when the download is complete.',
    'pieces-gone': 'Some of what was stored here has gone missing.',
    'pieces-gone.advice': 'It is being fetched again, and is saved as soon as it is here.',
    'files-away': 'Not all of this share is stored in this browser.',
    'files-away.advice':
      'Choose its files again where it is shared: it is saved as soon as all of it is here.',
    'save-write-failed': 'The browser could not write the file.',
    'save-write-failed.advice': 'Check that there is room on this device, then press Save.',
    'place-refused': 'The browser did not let you choose where to save.',
    'place-refused.advice': 'Press the button once more, or press Save.',
  },
);

const NAMES_TEXTS = defineTexts('refusedNames', {
  renamed: phrase('The browser refuses some names. Saved under another name: {names}.'),
  renamedAdvice: 'Nothing else of these was changed.',
  leftOut: phrase('Not saved, because the browser refuses it: {names}.'),
  leftOutAdvice:
    'All else was saved. To get everything, press “Save as…”, which makes one file of it.',
});

/** So many are named. */
const NAMED_COUNT = 10;

export interface ProblemWords {
  readonly sentence: string;
  readonly advice: string;
}

export function describeProblem(problem: Problem): ProblemWords {
  if (problem.code === 'names-refused') return describeNames(problem);
  const { code } = problem;
  return { sentence: PROBLEM_TEXTS[code], advice: PROBLEM_TEXTS[`${code}.advice`] };
}

function describeNames({ renamed, leftOut }: NamesProblem): ProblemWords {
  const told = renamed.length === 0 ? '' : NAMES_TEXTS.renamed({ names: listNames(renamed) });
  if (leftOut.length === 0) return { sentence: told, advice: NAMES_TEXTS.renamedAdvice };
  const missing = NAMES_TEXTS.leftOut({ names: listNames(leftOut) });
  return { sentence: joinSentences(missing, told).trim(), advice: NAMES_TEXTS.leftOutAdvice };
}

function listNames(names: readonly string[]): string {
  const named = names.slice(0, NAMED_COUNT);
  const more = names.length - named.length;
  const list = more > 0 ? [...named, `… (+${writeNumber(currentLanguage(), more)})`] : named;
  return new Intl.ListFormat(currentLanguage(), { type: 'unit' }).format(list);
}

/** Both sentences, one behind the other. */
export function tellProblem(problem: Problem): string {
  const { sentence, advice } = describeProblem(problem);
  return joinSentences(sentence, advice);
}
