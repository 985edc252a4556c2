import type { mountPage } from '../mount.tsx';

type App = Parameters<typeof mountPage>[1];
export type AppState = ReturnType<App['state']>;
type ShareCard = AppState['cards'][number];

const FILE_ID = '1Q2hvb3NlIGEgbmFtZSB0aGF0IGlzIG5vdCBhIHJlYWw';
export const MB = 1_000_000;

const STILL: ShareCard['transfer'] = {
  goalBytes: 0,
  heldBytes: 0,
  percent: 0,
  downBytesPerSecond: 0,
  upBytesPerSecond: 0,
  secondsLeft: undefined,
  sentBytes: 0,
  connectedPeers: 0,
  holderCount: 0,
  seederCount: 0,
  volunteerCount: 0,
  isDisturbed: false,
  isUnreachable: false,
};

export const NOT_VOLUNTEERING: NonNullable<AppState['volunteering']> = {
  settings: { isOn: false, budgetBytes: 512 * MB, uploadBytesPerSecond: undefined },
  heldBytes: 0,
  pieceCount: 0,
  shareCount: 0,
  upBytesPerSecond: 0,
  problem: undefined,
};

export function page(change: Partial<AppState>): AppState {
  return {
    environment: { kind: 'ready' },
    tracker: 'up',
    cards: [],
    notice: undefined,
    preview: undefined,
    nextPassword: '',
    volunteering: NOT_VOLUNTEERING,
    relay: { isOffered: true, isOnly: false },
    rates: { sendBytesPerSecond: undefined, receiveBytesPerSecond: 1 * MB },
    made: undefined,
    opened: undefined,
    offered: undefined,
    space: undefined,
    canInstall: false,
    showsDetails: false,
    doneNotices: undefined,
    ...change,
  };
}

export function card(
  change: Omit<Partial<ShareCard>, 'transfer'>,
  transfer: Partial<ShareCard['transfer']> = {},
): ShareCard {
  return {
    key: change.name ?? 'card',
    role: 'receiver',
    name: 'Field recordings.zip',
    fileCount: 1,
    totalBytes: 248.4 * MB,
    fileId: FILE_ID,
    link: `https://peerify.example/#${FILE_ID}`,
    hasPassword: false,
    status: { kind: 'ready' },
    files: undefined,
    canPreview: false,
    choice: undefined,
    end: undefined,
    copies: undefined,
    ...change,
    transfer: { ...STILL, goalBytes: change.totalBytes ?? 248.4 * MB, ...transfer },
  };
}
