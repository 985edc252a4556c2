import type { DownloadEnd } from '../download-ends.ts';
import type { TabIcon } from '../tab-duties.ts';

/** What the browser can do for a page that works, and for whoever looks elsewhere meanwhile. */
export interface TabHost {
  readonly isVisible: () => boolean;
  readonly onVisibilityChange: (callback: () => void) => void;
  /** Whether the screen is to stay on. Only of use while the page is visible. */
  readonly keepAwake: (isWanted: boolean) => void;
  /** Whether the browser is to ask before the page is closed. */
  readonly warnBeforeClosing: (isWanted: boolean) => void;
  readonly showIcon: (icon: TabIcon) => void;
  /** Tells a person outside the page. Says neither name nor size: others may see it too. */
  readonly notify: (end: DownloadEnd) => void;
}
