import { formatCount } from './format.ts';

const peers = (count: number): string => formatCount(count, 'peer', 'peers');
const have = (count: number): string => `${peers(count)} ${count === 1 ? 'has' : 'have'}`;

/** Every sentence of the page, in one place, so that a catalogue can follow. */
export const TEXTS = {
  product: 'Peerify',
  headline: 'Share files straight from this browser.',
  lead:
    'Choose a file and send the link. Whoever opens it gets the file directly from your tab, ' +
    'encrypted. Nothing is uploaded to a server.',
  headlineOwn: 'Your shares',
  headlineReceived: 'Shared with you',
  facts: [
    ['Ready at once', 'The link is there as soon as you choose, whatever the size.'],
    ['Encrypted', 'The key is part of the link, and no server ever sees it.'],
    ['Faster together', 'Everyone who downloads passes on what they already have.'],
  ],
  footer:
    'Files live in open tabs, and nowhere else: yours, those of who has them, and those of volunteers. ' +
    'Encryption keeps out everyone but those who have the link, and whoever serves you this page.',

  dropTitle: 'Drop files anywhere on this page',
  dropHint: 'or paste them. Folders and text work too.',
  touchTitle: 'Choose what to share',
  touchHint: 'Files, photos, or a text that you paste.',
  dropZone: 'Share',
  dropNow: 'Drop to share',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',

  openLabel: 'File ID or link',
  openButton: 'Open',

  trackerDown: 'The tracker cannot be reached. Running transfers go on; trying again.',
  dismiss: 'Dismiss',

  status: {
    looking: 'Connecting…',
    ready: 'Paused · press Download to start',
    waiting: 'Waiting for peers',
    connecting: 'Connecting…',
    downloading: 'Downloading',
    verifying: 'Verifying…',
    complete: 'Complete',
    sharing: 'Sharing',
    sharingStored: 'Sharing · what is stored here',
    waitingForTab: 'Paused · another tab does not answer',
    paused: 'Paused',
    failed: (sentence: string) => `Failed: ${sentence}`,
    alsoSharingWith: (count: number) => `· sharing with ${peers(count)}`,
    sharingWith: (count: number) => `with ${peers(count)}`,
  },

  progress: 'Progress',
  download: 'Download',
  pause: 'Pause',
  resume: 'Resume',
  save: 'Save',
  saveAgain: 'Save again',
  saveFile: (path: string) => `Save ${path}`,
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
  linkDetails: 'Link and file ID, to pass on',
  copied: 'Copied',
  copyRefused: 'Selected',
  copiedAnnouncement: (what: string) => `${what} copied.`,
  copyRefusedAnnouncement: (what: string) =>
    `${what} could not be copied. It is selected: copy it with the keyboard.`,
  shareReady: (name: string) => `${name} is shared. The link is ready.`,

  kind: (extension: string) => (extension === '' ? 'File' : `${extension.toUpperCase()} file`),
  files: (count: number) => formatCount(count, 'file', 'files'),
  fileList: 'Files',
  moreFiles: (count: number) => `Show ${formatCount(count, 'more file', 'more files')}`,

  holders: (holders: number, seeders: number) => {
    if (holders === 0) return 'nobody has it right now';
    return seeders > 0 ? `${have(holders)} it` : `${have(holders)} parts of it`;
  },
  connectedPeers: (count: number) => `${peers(count)} connected`,
  bytesOf: (held: string, total: string) => `${held} of ${total}`,
  sent: (amount: string) => `${amount} sent`,
  downSpeed: 'Receiving',
  upSpeed: 'Sending',

  hintReady:
    'It comes straight from the browsers that have it, encrypted and checked piece by piece.',
  hintIncomplete:
    'The peers that are online do not have the rest. Leave this tab open: it goes on by itself.',
  hintWaiting: 'Nobody who has it is online. Leave this tab open: it goes on by itself.',
  hintWaitingForTab:
    'Another tab of this browser takes care of this. Go to it, or close it: then this one goes on.',
  hintRunnable:
    'This kind of file can run programs. Open it only if you trust who sent you the link.',
  hintDisturbed:
    'Someone between you and the others may be interfering. Nothing was sent to them; this tab keeps trying.',
  hintComplete: 'While this tab stays open, you help others get it.',
  chooseAgainTitle: 'Choose the same files again to share the rest',
  chooseAgainMissing: (amount: string) => `${amount} are not stored in this browser.`,
  chooseAgain: 'Choose the files again',
  allowAgain: 'Read them again',
  chooseFolderAgain: 'Choose the folder again',

  copies: {
    stay: 'Keep this tab open',
    close: 'You can close this tab',
    safe: 'Safe without this tab',
    full: (count: number) =>
      count === 0
        ? 'No full copy besides yours yet'
        : `${formatCount(count, 'full copy', 'full copies')} besides yours`,
    nobody: 'Nobody else is here yet. Once somebody takes copies, you see here when you may leave.',
    lacking: (lacking: string, total: string, target: number) =>
      target === 1
        ? `${lacking} of ${total} still have no copy elsewhere`
        : `${lacking} of ${total} still have fewer than ${target} copies elsewhere`,
    waiting: 'Waiting for somebody who has room.',
    enough: 'The link works on without you while those who hold it are online.',
    neededFor: (name: string) => `This tab is still needed for “${name}”.`,
    row: (number: number) => `Copy ${number}`,
    rowPart: (number: number, percent: string) => `copy ${number}: ${percent} held by others`,
    picture: 'Who else holds the pieces',
    target: 'Copies wanted elsewhere',
  },

  volunteer: {
    title: 'Help keep files available',
    offer:
      'While this page is open, this browser keeps pieces of other people’s files, so that they stay available ' +
      'when whoever shared them has left. All of it is encrypted: you cannot see names or contents.',
    idle: 'Nothing to keep at the moment. Leave this tab open: pieces come by themselves.',
    resting: 'Not offered to anybody while this is off.',
    held: (bytes: string, budget: string) => `Keeping ${bytes} of ${budget}`,
    kept: (bytes: string) => `${bytes} still stored here`,
    pieces: (count: number) => formatCount(count, 'piece', 'pieces'),
    shares: (count: number) => `of ${formatCount(count, 'share', 'shares')}`,
    space: 'Space to lend',
    upload: 'Send at most',
    noLimit: 'as fast as it goes',
    forget: 'Forget all of it',
    forgotten: 'Everything kept for others was deleted, and nothing more is taken.',
  },
  fromVolunteers: (count: number) => `from ${formatCount(count, 'volunteer', 'volunteers')}`,

  unreadable: (count: number) =>
    `${formatCount(count, 'item', 'items')} could not be read and ${count === 1 ? 'was' : 'were'} left out.`,
  unreadableAdvice: 'Check that you may open them, then drop them again.',
} as const;
