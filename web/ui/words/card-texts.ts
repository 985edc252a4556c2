import { defineTexts, phrase, plural } from './catalogue.ts';

/** What stands on a share's card. */
export const CARD_TEXTS = defineTexts('card', {
  progress: 'Progress',
  download: 'Download',
  pause: 'Pause',
  resume: 'Resume',
  save: 'Save',
  saveAgain: 'Save again',
  saveFile: phrase('Save {path}'),
  remove: 'Remove',
  removeNow: 'Yes, remove it',
  keep: 'Keep it',
  removeSharer: 'Remove it? The link stops working, unless others hold all of it.',
  removeCopied:
    'Remove it? Volunteers then drop their copies, too. To leave the link working, just close the tab.',
  removePart: 'Remove it? What has been downloaded so far is deleted.',
  removeUnsaved: 'Remove it? It has not been saved yet, and is deleted.',

  shareLink: 'Share link',
  copyLink: 'Copy link',
  fileId: 'File ID',
  copyFileId: 'Copy file ID',
  details: 'Details',
  linkDetails: 'Link and file ID, to pass on',
  copied: 'Copied',
  copyRefused: 'Selected',
  copiedAnnouncement: phrase('{what} copied.'),
  copyRefusedAnnouncement: phrase(
    '{what} could not be copied. It is selected: copy it with the keyboard.',
  ),

  kind: phrase('{extension} file'),
  kindUnknown: 'File',
  files: plural({ one: '{count} file', other: '{count} files' }),
  fileList: 'Files',
  alreadyHere: phrase('{name} is here already.'),

  heldByNobody: 'nobody has it right now',
  heldBy: plural({ one: '{count} peer has it', other: '{count} peers have it' }),
  partlyHeldBy: plural({
    one: '{count} peer has parts of it',
    other: '{count} peers have parts of it',
  }),
  stored: phrase('{amount} stored in this browser'),
  connectedPeers: plural({ one: '{count} peer connected', other: '{count} peers connected' }),
  bytesOf: phrase('{held} of {total}'),
  sent: phrase('{amount} sent'),
  downSpeed: 'Receiving',
  upSpeed: 'Sending',
  fromVolunteers: plural({ one: 'from {count} volunteer', other: 'from {count} volunteers' }),

  timeLeft: phrase('about {duration} left'),
  timeAbout: phrase('about {duration}'),
  secondsLeft: 'a few seconds left',
  seconds: 'a few seconds',
  daysLeft: 'more than a day left',
  days: 'more than a day',

  hintReady:
    'It comes straight from the browsers that have it, encrypted and checked piece by piece.',
  hintReadyWaiting:
    'Nobody who has it is online. Press Download: it begins as soon as somebody is there.',
  hintIncomplete:
    'The peers that are online do not have the rest. Leave this tab open: it goes on by itself.',
  hintUnanswered: 'Those who have it do not answer yet. Leave this tab open: it goes on by itself.',
  hintWaiting: 'Nobody who has it is online. Leave this tab open: it goes on by itself.',
  hintWaitingForTab:
    'Another tab of this browser takes care of this. Go to it, or close it: then this one goes on.',
  hintUnreachable:
    'Those who have it cannot be reached: your network or theirs blocks direct connections. Try another network, ' +
    'or ask whoever hosts this page to set up a relay. This tab keeps trying.',
  hintUnreachableRelayed:
    'Those who have it cannot be reached through the relay, and this browser connects in no other way. This tab keeps ' +
    'trying. At the foot of the page direct connections can be allowed.',
  hintRunnable:
    'This kind of file can run programs. Open it only if you trust who sent you the link.',
  hintDisturbed:
    'Someone between you and the others may be interfering. Nothing was sent to them; this tab keeps trying.',
  hintComplete: 'While this tab stays open, you help others get it.',
  hintPaused: 'Nobody can get it from this browser until you press Resume.',
  chooseAgainTitle: 'Choose the same files again to share the rest',
  chooseAgainMissing: phrase('{amount} are not stored in this browser.'),
  chooseAgain: 'Choose the files again',
  allowAgain: 'Read them again',
  chooseFolderAgain: 'Choose the folder again',
});

/** How a card stands. */
export const STATUS_TEXTS = defineTexts('status', {
  looking: 'Connecting…',
  locked: 'Paused · a password is needed',
  ready: 'Paused · press Download to start',
  choosing: 'Paused · choose what to download',
  waiting: 'Waiting for peers',
  connecting: 'Connecting…',
  downloading: 'Downloading',
  verifying: 'Verifying…',
  complete: 'Complete',
  sharing: 'Sharing',
  sharingStored: 'Sharing · what is stored here',
  waitingForTab: 'Paused · another tab does not answer',
  ended: 'Complete · ended',
  endedEarly: 'Failed · ended by the sharer',
  paused: 'Paused',
  failed: phrase('Failed: {sentence}'),
  alsoSharingWith: plural({
    one: '· sharing with {count} peer',
    other: '· sharing with {count} peers',
  }),
  sharingWith: plural({ one: 'with {count} peer', other: 'with {count} peers' }),
});
