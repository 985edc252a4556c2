import { expect, test } from 'vitest';
import { handleNoticePress } from './notice-press.ts';

async function press(pages: readonly (() => Promise<unknown>)[]): Promise<string[]> {
  const done: string[] = [];
  await handleNoticePress({
    listPages: async () =>
      pages.map((focus, i) => ({
        focus: () => focus().then(() => void done.push(`page ${i} comes forward`)),
      })),
    openPage: async () => void done.push('a page is opened'),
  });
  return done;
}

test('a pressed notification brings the page forward that was last in use', async () => {
  expect(await press([async () => {}, async () => {}])).toEqual(['page 0 comes forward']);
});

test('where no page is open, or it cannot come forward, one is opened', async () => {
  expect(await press([])).toEqual(['a page is opened']);
  expect(await press([() => Promise.reject(new Error('gone'))])).toEqual(['a page is opened']);
});
