import { expect, test } from 'vitest';
import { createInstallPrompt } from './install-prompt.ts';

function createOffer() {
  const asked: string[] = [];
  const prompt = async (): Promise<void> => void asked.push('asked');
  const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt });
  return { event, asked };
}

test('the browser’s own banner stays away, and the offer can be taken up once', () => {
  const page = new EventTarget();
  const install = createInstallPrompt(page);
  let changes = 0;
  install.subscribe(() => (changes += 1));
  expect(install.isOffered()).toBe(false);
  const { event, asked } = createOffer();
  page.dispatchEvent(event);
  expect([install.isOffered(), event.defaultPrevented, changes]).toEqual([true, true, 1]);
  install.ask();
  install.ask();
  expect([install.isOffered(), asked]).toEqual([false, ['asked']]);
});

test('what is installed is not offered', () => {
  const page = new EventTarget();
  const install = createInstallPrompt(page);
  page.dispatchEvent(createOffer().event);
  page.dispatchEvent(new Event('appinstalled'));
  expect(install.isOffered()).toBe(false);
});
