import type { InstallPrompt } from '../app/ports/install-prompt.ts';

interface InstallEvent extends Event {
  readonly prompt: () => Promise<unknown>;
}

/** Keeps the browser's offer for when a person wants it, in place of a banner of the browser's own. */
export function createInstallPrompt(page: EventTarget = window): InstallPrompt {
  const listeners: (() => void)[] = [];
  let offer: InstallEvent | undefined;
  const change = (next: InstallEvent | undefined): void => {
    offer = next;
    for (const listener of listeners) listener();
  };
  page.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    if (isInstallEvent(event)) change(event);
  });
  page.addEventListener('appinstalled', () => change(undefined));
  return {
    isOffered: () => offer !== undefined,
    ask() {
      offer?.prompt().catch(() => undefined);
      // Each offer can be taken up once.
      change(undefined);
    },
    subscribe: (callback) => void listeners.push(callback),
  };
}

function isInstallEvent(event: Event): event is InstallEvent {
  return 'prompt' in event && typeof event.prompt === 'function';
}
