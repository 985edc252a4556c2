import { expect, test } from 'vitest';
import { DoneNotices } from './done-notices.ts';

/** `answer`: what the person says who is asked. */
function createScene(permission: NotificationPermission | undefined, answer = permission) {
  const scene = { isOn: false, askCount: 0, changeCount: 0 };
  let now = permission;
  const notices = new DoneNotices(
    { has: () => scene.isOn, set: (_, isOn) => (scene.isOn = isOn) },
    {
      permission: () => now,
      ask: async () => {
        scene.askCount += 1;
        now = answer;
      },
    },
    () => (scene.changeCount += 1),
  );
  return { scene, notices };
}

test('nobody is asked before a person has turned it on, and then once', async () => {
  const { scene, notices } = createScene('default', 'granted');
  expect([notices.choice, scene.askCount]).toEqual(['off', 0]);
  await notices.turn(true);
  expect([notices.choice, scene.askCount]).toEqual(['on', 1]);
  await notices.turn(false);
  expect(notices.choice).toBe('off');
  await notices.turn(true);
  expect([notices.choice, scene.askCount]).toEqual(['on', 1]);
});

test('what the browser refuses is not on, whatever was chosen', async () => {
  const { notices } = createScene('default', 'denied');
  await notices.turn(true);
  expect(notices.choice).toBe('refused');
});

test('a question that is closed without an answer leaves it off; until then it is as it was chosen', async () => {
  const { scene, notices } = createScene('default');
  const turning = notices.turn(true);
  expect([notices.choice, scene.changeCount]).toEqual(['on', 1]);
  await turning;
  expect([notices.choice, scene.changeCount]).toEqual(['off', 2]);
});

test('a browser without notifications offers none', () => {
  expect(createScene(undefined).notices.choice).toBeUndefined();
});
