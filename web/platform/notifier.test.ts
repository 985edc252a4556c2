import { afterEach, expect, test, vi } from 'vitest';
import { createNotifier } from './notifier.ts';

let answer: NotificationPermission;
const look = vi.fn(() => answer);

afterEach(() => {
  vi.unstubAllGlobals();
});

test('the browser is asked for its permission once, however often the page looks', () => {
  stubBrowser();
  const notifier = createNotifier();
  for (let picture = 0; picture < 100; picture += 1) expect(notifier.permission()).toBe('default');
  expect(look).toHaveBeenCalledOnce();
});

test('a person who was asked is known to have answered', async () => {
  stubBrowser();
  const notifier = createNotifier();
  await notifier.ask();
  expect(notifier.permission()).toBe('granted');
});

test.each(['the browser tells of it', 'the person comes back to the page'])(
  'what a person changes in the settings is known once %s',
  async (way) => {
    const { page, status } = stubBrowser();
    const notifier = createNotifier();
    await new Promise((resolve) => setTimeout(resolve));
    answer = 'denied';
    if (way === 'the browser tells of it') status.dispatchEvent(new Event('change'));
    else page.dispatchEvent(new Event('visibilitychange'));
    expect(notifier.permission()).toBe('denied');
  },
);

test('a browser that knows neither notifications nor permissions has none', () => {
  vi.stubGlobal('Notification', undefined);
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('navigator', {});
  expect(createNotifier().permission()).toBeUndefined();
});

function stubBrowser(): { readonly page: EventTarget; readonly status: EventTarget } {
  answer = 'default';
  look.mockClear();
  const page = new EventTarget();
  const status = new EventTarget();
  vi.stubGlobal('Notification', createFakeNotification());
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { permissions: { query: () => Promise.resolve(status) } });
  return { page, status };
}

function requestPermission(): Promise<NotificationPermission> {
  answer = 'granted';
  return Promise.resolve(answer);
}

/** A function, as the browser's is, with the answer where the browser has it. */
function createFakeNotification(): object {
  return Object.defineProperty(Object.assign(vi.fn(), { requestPermission }), 'permission', {
    get: look,
  });
}
