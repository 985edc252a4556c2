import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { CardStatus, Problem, ShareCard } from './app-state.ts';
import type { Answer, AnswerMessage, MirrorMessage, Question, Wish } from './mirror-messages.ts';
import type { OpenedShare } from './open-share.ts';
import type { Saver } from './ports/saver.ts';
import type { CardChoice } from './file-choice.ts';
import { NO_TRANSFER } from './card-transfer.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { nameAnswerChannel, nameMirrorChannel } from './mirror-messages.ts';
import { MirroredShare } from './mirrored-share.ts';
import { SaveError } from './ports/saver.ts';
import { sealNotes } from './sealed-notes.test-helper.ts';

interface OnePieceShare {
  readonly share: OpenedShare;
  readonly sealed: Bytes;
}

const NOTES_SHARE = await sealNotes();

/** The tab that takes care of the share, and does what a test says. */
function openLeader(profile: FakeProfile, { share: { shareId }, sealed }: OnePieceShare) {
  const leader = {
    role: 'receiver' as ShareCard['role'],
    status: { kind: 'complete', saved: true } as CardStatus,
    isWhole: true,
    isTaken: true,
    hasFiles: true,
    isFrozen: false,
    choice: undefined as CardChoice | undefined,
    questions: [] as Question['kind'][],
    transfer: NO_TRANSFER,
    wishes: [] as Wish[],
  };
  const answer = (question: Question): Answer => {
    switch (question.kind) {
      case 'piece':
        return { kind: 'piece', sealed };
      case 'whole':
        return {
          kind: 'whole',
          isWhole: leader.isWhole,
          files: question.files === 'all' ? (leader.choice?.wanted ?? 'all') : question.files,
        };
      case 'choice':
        return { kind: 'choice', isTaken: leader.isTaken };
      case 'sight':
        return { kind: 'sight', sight: undefined };
      case 'files':
        return { kind: 'files', files: [{ path: 'notes.txt', size: 5 }] };
    }
  };
  const channel = profile.openChannel<MirrorMessage>(nameMirrorChannel(shareId), (message) => {
    if (leader.isFrozen) return;
    if (message.kind === 'look') {
      const { role, status, transfer, hasFiles, choice } = leader;
      const base = { role, status, transfer, choice, hasFiles };
      const card = { ...base, end: undefined, copies: undefined };
      channel.post({ kind: 'card', card });
    } else if (message.kind === 'wish') {
      leader.wishes.push(message.wish);
    } else if (message.kind === 'question') {
      const { from, number, question } = message;
      leader.questions.push(question.kind);
      const name = nameAnswerChannel(shareId, from);
      profile.openChannel<AnswerMessage>(name, () => {}).post({ number, answer: answer(question) });
    }
  });
  return leader;
}

/** A share mirrored in one tab, and another tab that takes care of it. */
export function openMirror(isWanted: boolean, one: OnePieceShare = NOTES_SHARE) {
  const { share, sealed } = one;
  const profile = new FakeProfile();
  const { clock } = profile;
  const leader = openLeader(profile, one);
  const saved: (readonly string[])[] = [];
  /** Whether saving fails. */
  const disk = { isFull: false };
  const picked: (readonly string[])[] = [];
  const notices: (Problem | undefined)[] = [];
  const statuses: CardStatus['kind'][] = [];
  const mirrored = new MirroredShare({
    share,
    isWanted,
    saver: {
      canSave: async () => true,
      save: async ({ files }) => {
        saved.push(files.map(({ path }) => path));
        if (disk.isFull) throw new SaveError('write-failed');
      },
    },
    places: { kinds: ['file', 'folder'] },
    clock,
    browser: {
      origin: 'https://peerify.example',
      openChannel: (name, hear) => profile.openChannel(name, hear),
      seed: () => profile.nextSeed(),
    },
    onChange: () => {
      const { kind } = mirrored.card().status;
      if (kind !== statuses.at(-1)) statuses.push(kind);
    },
    onNotice: (problem) => notices.push(problem),
    onRole: () => {},
    onGone: () => {},
  });
  const look = async (afterMs = 500): Promise<void> => {
    await profile.pass(afterMs);
    mirrored.refresh();
    await profile.pass(0);
    await settleCrypto();
    await profile.pass(0);
  };
  const place: Saver = {
    canSave: async () => true,
    save: async ({ files }) => void picked.push(files.map(({ path }) => path)),
  };
  const countSaved = (): number => saved.length;
  return {
    leader,
    mirrored,
    notices,
    statuses,
    look,
    place,
    picked,
    saved,
    disk,
    countSaved,
    sealed,
  };
}
