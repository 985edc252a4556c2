/** The last one takes the place of those before: they say the same. */
const TAG = 'peerify';

/** Shows it, and brings the page forward when it is pressed. */
export function showNotification(sentence: string): void {
  const options = { tag: TAG };
  try {
    const notification = new Notification(sentence, options);
    notification.addEventListener('click', () => {
      focus();
      notification.close();
    });
  } catch {
    // Browsers on phones show none but through a service worker.
    void showThroughWorker(sentence, options);
  }
}

async function showThroughWorker(sentence: string, options: NotificationOptions): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.showNotification(sentence, options).catch(() => undefined);
}
