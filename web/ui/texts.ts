import { defineTexts, phrase } from './words/catalogue.ts';

/** What stands on the empty page. What other views say is loaded with them, and has files of its own in `words/`. */
export const TEXTS = defineTexts('page', {
  product: 'Peerify',
  headline: 'Share files straight from this browser.',
  lead:
    'Choose a file and send the link. Whoever opens it gets the file directly from your tab, ' +
    'encrypted. Nothing is uploaded to a server.',
  headlineOwn: 'Your shares',
  headlineReceived: 'Shared with you',
  factLink: 'Ready at once',
  factLinkWhy: 'The link is there as soon as you choose, whatever the size.',
  factKey: 'Encrypted',
  factKeyWhy: 'The key is part of the link, and no server ever sees it.',
  factSwarm: 'Faster together',
  factSwarmWhy: 'Everyone who downloads passes on what they already have.',
  footer:
    'Files live in open tabs, and nowhere else: yours, those of who has them, and those of volunteers. ' +
    'Encryption keeps out everyone but those who have the link, and whoever serves you this page.',
  speedLimits: 'Speed limits',
  ownAddress: 'Your address',
  language: 'Language',
  install: 'Install Peerify',
  languageMissing: 'This language could not be loaded. Choose it again when you are online.',

  dropTitle: 'Drop files anywhere on this page',
  dropHint: 'or paste them. Folders and text work too.',
  touchTitle: 'Choose what to share',
  touchHint: 'Files, photos, or a text that you paste.',
  dropZone: 'Share',
  dropNow: 'Drop to share',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  reading: 'Reading the files…',
  pastedText: 'Pasted text',
  pastedImage: phrase('pasted image {day}'),
  writeText: 'Text',

  options: 'Options',
  optionsWithPassword: 'Options · with a password',

  openLabel: 'File ID or link',
  openButton: 'Open',

  trackerDown: 'The tracker cannot be reached. Running transfers go on; trying again.',
  viewMissing: 'This part of the page could not be loaded. Reload the page when you are online.',

  shareReady: phrase('{name} is shared. The link is ready.'),
  shareCopied: phrase('{name} is shared. Its link is copied.'),

  unnamed: 'Shared files',
});
