import type { FileIdViolation } from '../../shared/share/file-id.ts';
import type { StoreErrorCode } from '../../shared/swarm/ports/piece-store.ts';
import type { Problem } from './app-state.ts';
import type { SaveErrorCode } from './ports/saver.ts';

function problem(code: string, sentence: string, advice: string): Problem {
  return { code, sentence, advice };
}

export const PROBLEMS = {
  nothingChosen: problem(
    'nothing-chosen',
    'There was no file in what you chose.',
    'Choose at least one file, or a folder that has files in it.',
  ),
  tooLarge: problem(
    'too-large',
    'This is more than one share can hold.',
    'Share at most 256 GiB and 100,000 files at once.',
  ),
  badNames: problem(
    'bad-names',
    'Some of these files have names that cannot be shared.',
    'Rename them or leave them out, and choose again.',
  ),
  wrongKey: problem(
    'wrong-key',
    'This link is damaged: it does not fit the share that it names.',
    'Copy the whole link again from where you got it.',
  ),
  badHeader: problem(
    'bad-header',
    'The tracker gave a description of this share that the sharer did not sign.',
    'Try again later, or ask the sharer for a link through another tracker.',
  ),
  badIndex: problem(
    'bad-index',
    'The file list of this share is broken.',
    'Ask the sharer to share the files again.',
  ),
  notAllowed: problem(
    'not-allowed',
    'The browser was not allowed to read the files.',
    'Choose them again, or press the button once more and allow it.',
  ),
  otherFiles: problem(
    'other-files',
    'These are not the files that were shared, or they have changed since.',
    'Choose the same files, or share the new ones with a new link.',
  ),
  trackerRefused: problem(
    'tracker-refused',
    'The tracker does not take this share in at the moment.',
    'Remove shares that you no longer need, or try again later: the page keeps trying.',
  ),
  pageIncomplete: problem(
    'page-incomplete',
    'A part of this page could not be loaded.',
    'Check the network and press Resume, or reload the page.',
  ),
  littleRoom: problem(
    'little-room',
    'This browser has less room than this takes.',
    'Free some space on this device or remove other shares here, then press Download.',
  ),
  noRoomForOthers: problem(
    'no-room-for-others',
    'This browser has no more room for pieces of others.',
    'What is kept stays, and nothing more is taken. Free some space on this device, then turn this off and on.',
  ),
  insecurePage: problem(
    'insecure-page',
    'This page was opened over an insecure address, where browsers switch off encryption.',
    'Open it over https, or on the computer that runs it as http://localhost.',
  ),
  noWebRtc: problem(
    'no-webrtc',
    'This browser cannot connect to other browsers: WebRTC is missing or switched off.',
    'Use a current Chrome, Edge, Firefox or Safari, or switch WebRTC on.',
  ),
} as const;

export function describeFileIdViolation(violation: FileIdViolation): Problem {
  const advice = 'Copy the whole link, or the 44 characters of the file ID, and try again.';
  switch (violation) {
    case 'empty':
      return problem(
        'empty-link',
        'There is nothing to open yet.',
        'Paste a link or a file ID first.',
      );
    case 'wrong-version':
      return problem(
        'wrong-version',
        'This link was made by another version.',
        'Reload this page, and ask the sharer to do the same.',
      );
    case 'wrong-length':
    case 'not-base64url':
      return problem('damaged-link', 'This is not a whole file ID.', advice);
  }
}

export function describeStoreError(code: StoreErrorCode): Problem {
  switch (code) {
    case 'quota-exceeded':
      return problem(
        'quota-exceeded',
        'This browser has no more room for the file.',
        'Free some space on this device or remove other shares here, then press Resume.',
      );
    case 'source-changed':
      return problem(
        'source-changed',
        'A shared file was changed, so sharing it was stopped.',
        'Nothing altered was sent. Share the changed file with a new link.',
      );
    case 'source-unreadable':
      return problem(
        'source-unreadable',
        'A shared file can no longer be read: it was moved, deleted or changed.',
        'Put it back and choose it again, or make a new share.',
      );
    case 'unavailable':
      return problem(
        'store-unavailable',
        'This browser does not let the page store data.',
        'Leave private browsing or allow site data, then press Resume.',
      );
  }
}

export function describeSaveError(code: SaveErrorCode): Problem {
  switch (code) {
    case 'aborted':
      return problem(
        'save-aborted',
        'Saving was cancelled.',
        'Press Save to try again: nothing has to be downloaded anew.',
      );
    case 'too-large':
      return problem(
        'save-too-large',
        'This browser cannot save a file of this size from a page.',
        'Open the same link in a current Chrome, Edge or Firefox window that is not private.',
      );
    case 'read-failed':
      return problem(
        'save-read-failed',
        'Some of what was stored here has gone missing.',
        'It is being fetched again. Press Save when the download is complete.',
      );
    case 'write-failed':
      return problem(
        'save-write-failed',
        'The browser could not write the file.',
        'Check that there is room on this device, then press Save.',
      );
  }
}
