import type { DownloadEnd } from '../app/download-ends.ts';
import type { TabHost } from '../app/ports/tab-host.ts';
import { warnBeforeClosing } from './close-warning.ts';
import { showNotification } from './show-notification.ts';
import { showTabIcon } from './tab-icon.ts';
import { ScreenWakeLock } from './wake-lock.ts';

/** The browser's side of an open tab. */
export function createRealTabHost(describe: (end: DownloadEnd) => string): TabHost {
  const wakeLock = new ScreenWakeLock(navigator.wakeLock);
  return {
    isVisible: () => document.visibilityState === 'visible',
    onVisibilityChange: (callback) => document.addEventListener('visibilitychange', callback),
    keepAwake: (isWanted) => wakeLock.set(isWanted),
    warnBeforeClosing,
    showIcon: showTabIcon,
    notify: (end) => showNotification(describe(end)),
  };
}
