import { expect, test } from 'vitest';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import type { AnswerMessage, MirrorMessage } from './mirror-messages.ts';
import { NO_TRANSFER } from './card-transfer.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { MirrorLine } from './mirror-line.ts';
import { nameAnswerChannel, nameMirrorChannel } from './mirror-messages.ts';

const { shareId } = await createSampleShare({ streamLength: 100 });
const CARD = {
  role: 'receiver',
  status: { kind: 'downloading' },
  transfer: NO_TRANSFER,
  end: undefined,
  copies: undefined,
  choice: undefined,
  hasFiles: false,
} as const;

/** A tab that shows the share, and what the one that takes care of it hears. */
function openLine(profile = new FakeProfile()) {
  const { clock } = profile;
  const heard: MirrorMessage[] = [];
  const leader = profile.openChannel<MirrorMessage>(nameMirrorChannel(shareId), (message) =>
    heard.push(message),
  );
  const browser = {
    openChannel: <Message>(name: string, hear: (message: Message) => void) =>
      profile.openChannel(name, hear),
    seed: () => profile.nextSeed(),
  };
  const line = new MirrorLine({ shareId, clock, browser, onMessage: () => {} });
  const questions = (): readonly (MirrorMessage & { kind: 'question' })[] =>
    heard.filter((message) => message.kind === 'question');
  return { profile, leader, line, questions };
}

test('case S6; D14: a tab that answers no look for three seconds is silent until it says something', async () => {
  const { profile, leader, line } = openLine();
  line.look();
  await profile.pass(2_999);
  line.look();
  expect(line.isSilent).toBe(false);
  await profile.pass(1);
  expect(line.isSilent).toBe(true);
  leader.post({ kind: 'card', card: CARD });
  await profile.pass(0);
  expect(line.isSilent).toBe(false);
});

test('D14: a tab that was not asked owes no answer, however long that is', async () => {
  const { profile, leader, line } = openLine();
  line.look();
  leader.post({ kind: 'card', card: CARD });
  await profile.pass(60_000);
  expect(line.isSilent).toBe(false);
});

test('D11: what one tab asks is answered to that tab alone', async () => {
  const profile = new FakeProfile();
  const { line, questions } = openLine(profile);
  const other = openLine(profile);
  const asking = line.ask({ kind: 'whole', files: 'all' });
  void other.line.ask({ kind: 'whole', files: 'all' });
  await profile.pass(0);
  const [question] = questions();
  if (question === undefined) throw new Error('nothing was asked');
  const channel = profile.openChannel<AnswerMessage>(
    nameAnswerChannel(shareId, question.from),
    () => {},
  );
  const answer = { kind: 'whole', isWhole: true, files: 'all' } as const;
  channel.post({ number: question.number, answer });
  expect(await asking).toEqual(answer);
  expect(new Set(questions().map(({ from }) => from)).size).toBe(2);
});

test('a question that is not answered in 20 seconds comes to nothing', async () => {
  const { profile, leader, line } = openLine();
  const asking = line.ask({ kind: 'piece', piece: 3 });
  await profile.pass(19_000);
  line.look();
  leader.post({ kind: 'card', card: CARD });
  await profile.pass(1_000);
  expect(await asking).toBeUndefined();
});

test('D14: what a silent tab was asked it is asked again, and no end comes of its silence', async () => {
  const { profile, line, questions } = openLine();
  let isEnded = false;
  void line.ask({ kind: 'piece', piece: 3 }).finally(() => {
    isEnded = true;
  });
  line.look();
  await profile.pass(20_000);
  await profile.pass(20_000);
  expect(questions().map(({ number }) => number)).toEqual([1, 1, 1]);
  expect(isEnded).toBe(false);
  line.close();
  await profile.pass(0);
  expect(isEnded).toBe(true);
});
