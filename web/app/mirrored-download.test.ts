import { expect, test } from 'vitest';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import type { CardStatus, Problem } from './app-state.ts';
import type { Answer, AnswerMessage, MirrorMessage, Question } from './mirror-messages.ts';
import { NO_TRANSFER } from './card-transfer.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { nameAnswerChannel, nameMirrorChannel } from './mirror-messages.ts';
import { MirroredShare } from './mirrored-share.ts';
import { NOTES, sealNotes } from './sealed-notes.test-helper.ts';

const { share, sealed } = await sealNotes();
const { shareId } = share;

/** A share mirrored in one tab, and another tab that takes care of it and does what a test says. */
function openMirror(isWanted: boolean) {
  const profile = new FakeProfile();
  const { clock } = profile;
  const leader = {
    status: { kind: 'complete', saved: true } as CardStatus,
    isWhole: true,
    isTaken: true,
    hasFiles: true,
    isFrozen: false,
    questions: [] as Question['kind'][],
  };
  const answer = (question: Question): Answer => {
    switch (question.kind) {
      case 'piece':
        return { kind: 'piece', sealed };
      case 'whole':
        return { kind: 'whole', isWhole: leader.isWhole };
      case 'choice':
        return { kind: 'choice', isTaken: leader.isTaken };
      case 'files':
        return { kind: 'files', files: [{ path: 'notes.txt', size: 5 }] };
    }
  };
  const channel = profile.openChannel<MirrorMessage>(nameMirrorChannel(shareId), (message) => {
    if (leader.isFrozen) return;
    if (message.kind === 'look') {
      const { status, hasFiles } = leader;
      const base = { role: 'receiver', status, copies: undefined } as const;
      const card = { ...base, transfer: NO_TRANSFER, hasFiles };
      channel.post({ kind: 'card', card });
    } else if (message.kind === 'question') {
      const { from, number, question } = message;
      leader.questions.push(question.kind);
      const name = nameAnswerChannel(shareId, from);
      profile.openChannel<AnswerMessage>(name, () => {}).post({ number, answer: answer(question) });
    }
  });
  let savedCount = 0;
  const notices: (Problem | undefined)[] = [];
  const mirrored = new MirroredShare({
    share,
    isWanted,
    saver: {
      canSave: async () => true,
      save: async () => {
        savedCount += 1;
      },
    },
    clock,
    browser: {
      origin: 'https://peerify.example',
      openChannel: (name, hear) => profile.openChannel(name, hear),
      seed: () => profile.nextSeed(),
    },
    onChange: () => {},
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
  return { leader, mirrored, notices, look, countSaved: () => savedCount };
}

test('D12: what the browser has thrown away is fetched again before another tab saves it, unasked', async () => {
  const { leader, look, countSaved } = openMirror(true);
  leader.isWhole = false;
  await look();
  expect(leader.questions).toContain('whole');
  expect(countSaved()).toBe(0);
  leader.status = { kind: 'downloading' };
  await look();
  leader.isWhole = true;
  leader.status = { kind: 'complete', saved: true };
  await look();
  expect(countSaved()).toBe(1);
  await look();
  expect(countSaved()).toBe(1);
});

test('D12: what was to be saved once more is saved once it is there again, even if that took no time', async () => {
  const { leader, mirrored, look, countSaved } = openMirror(false);
  await look();
  leader.isWhole = false;
  void mirrored.save('all');
  await look();
  expect(countSaved()).toBe(0);
  leader.isWhole = true;
  await look();
  expect(countSaved()).toBe(1);
});

test('D7, D11: of files that are not the ones the tab is told that they were chosen in', async () => {
  const { leader, mirrored, notices } = openMirror(false);
  leader.isTaken = false;
  await mirrored.chooseAgain(NOTES);
  expect(notices.map((notice) => notice?.code)).toEqual(['other-files']);
  leader.isTaken = true;
  await mirrored.chooseAgain(NOTES);
  expect(notices).toHaveLength(2);
  expect(notices[1]).toBeUndefined();
});

test('D11: the file list is asked for once, when it is known', async () => {
  const { leader, mirrored, look } = openMirror(false);
  leader.hasFiles = false;
  await look();
  expect(mirrored.card().files).toBeUndefined();
  leader.hasFiles = true;
  for (let times = 0; times < 5; times += 1) await look();
  expect(mirrored.card().files).toEqual([{ path: 'notes.txt', size: 5 }]);
  expect(leader.questions).toEqual(['files']);
});

test('case S6; D14: a tab whose leading one stands still says so, and goes on as soon as that does', async () => {
  const { leader, mirrored, look } = openMirror(false);
  leader.status = { kind: 'downloading' };
  await look();
  expect(mirrored.card().status.kind).toBe('downloading');
  leader.isFrozen = true;
  for (let times = 0; times < 8; times += 1) await look();
  expect(mirrored.card().status.kind).toBe('waiting-for-tab');
  leader.isFrozen = false;
  await look();
  expect(mirrored.card().status.kind).toBe('downloading');
});
