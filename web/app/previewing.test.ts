import type { Views } from './ports/views.ts';
import { expect, test, vi } from 'vitest';
import { utf8 } from '../../shared/share/bytes.ts';
import { Previewing } from './previewing.ts';
import { ReadableScene } from './readable-scene.test-helper.ts';

const NO_VIEWS: Views = { open: async () => undefined, embed: async () => '' };

async function setUp(findViews = async () => NO_VIEWS) {
  const scene = await ReadableScene.open([['a.txt', utf8('hello')]]);
  const onChange = vi.fn<() => void>();
  const previewing = new Previewing({
    clock: scene.clock,
    findViews,
    findShare: (key) => (key === 'card' ? scene.readable : undefined),
    onChange,
  });
  return { scene, onChange, previewing };
}

test('one file is looked at at a time, from the press on until it is closed', async () => {
  const { scene, previewing, onChange } = await setUp();
  expect(previewing.shown).toBeUndefined();
  previewing.open('card', 0);
  expect(previewing.shown).toEqual({ key: 'card', fileNumber: 0, content: { kind: 'waiting' } });
  scene.holdAll();
  await vi.waitUntil(() => previewing.shown?.content.kind === 'text');
  expect(previewing.shown?.content).toMatchObject({ text: 'hello' });
  previewing.close();
  expect(previewing.shown).toBeUndefined();
  expect(onChange).toHaveBeenCalledTimes(3);
});

test('F4: closed while it waits, or with its card, nothing is fetched for it any more', async () => {
  const { scene, previewing } = await setUp();
  for (const close of [
    () => previewing.close(),
    () => previewing.closeWithout((key) => key !== 'card'),
    () => previewing.open('card', 1),
  ]) {
    previewing.open('card', 0);
    await vi.waitUntil(() => scene.clock.alarmCount > 0);
    close();
    const before = scene.focuses.length;
    await vi.waitUntil(() => {
      scene.clock.advance(50);
      return scene.focuses.slice(before).some((focus) => focus.length === 0);
    });
    previewing.close();
  }
  previewing.open('card', 0);
  previewing.closeWithout(() => false);
  expect(previewing.shown).toBeUndefined();
});

test('what was closed while it waited is not shown later, nor that it was not to be had', async () => {
  const { scene, previewing } = await setUp();
  previewing.open('card', 0);
  await vi.waitUntil(() => scene.clock.alarmCount > 0);
  previewing.close();
  await vi.waitUntil(() => {
    scene.clock.advance(50);
    return scene.clock.alarmCount === 0;
  });
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve));
  expect(previewing.shown).toBeUndefined();
});

test('what cannot be loaded or read is told', async () => {
  const { previewing } = await setUp(() => Promise.reject(new Error('offline')));
  for (const key of ['card', 'another']) {
    previewing.open(key, 0);
    await vi.waitUntil(() => previewing.shown?.content.kind === 'refused');
    expect(previewing.shown?.content).toEqual({ kind: 'refused', reason: 'unreadable' });
  }
});
