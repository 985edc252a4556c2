import type { Notifier } from '../app/ports/notifier.ts';

/**
 * Keeps what the browser says until it says another thing: the page asks with every picture it draws, and each time the
 * browser is asked its main process has to answer before the page goes on.
 */
export function createNotifier(): Notifier {
  let permission = readPermission();
  const readAgain = (): void => {
    permission = readPermission();
  };
  void listenForChanges(readAgain);
  return {
    permission: () => permission,
    async ask() {
      await Notification.requestPermission();
      readAgain();
    },
  };
}

function readPermission(): NotificationPermission | undefined {
  return typeof Notification === 'function' ? Notification.permission : undefined;
}

/** A person can change it in the browser's own settings at any time. */
async function listenForChanges(onChange: () => void): Promise<void> {
  document.addEventListener('visibilitychange', onChange);
  const status = await navigator.permissions
    ?.query({ name: 'notifications' })
    .catch(() => undefined);
  status?.addEventListener('change', onChange);
}
