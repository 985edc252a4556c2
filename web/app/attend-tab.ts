import type { App, AppState } from './app-state.ts';
import type { DownloadEnd } from './download-ends.ts';
import type { TabHost } from './ports/tab-host.ts';
import type { TabIcon } from './tab-duties.ts';
import { seeDownloads } from './download-ends.ts';
import { computeTabIcon, hasSomethingToLose, isTransferring } from './tab-duties.ts';

/** What goes by it. */
type AttendedState = Pick<AppState, 'cards' | 'doneNotices'>;

export interface AttendedApp {
  readonly state: () => AttendedState;
  readonly subscribe: App['subscribe'];
}

/** Has the browser do for the page what its state asks for, from now on. */
export function attendTab(app: AttendedApp, host: TabHost): void {
  const attendant = new TabAttendant(host);
  const look = (): void => attendant.look(app.state());
  app.subscribe(look);
  host.onVisibilityChange(look);
  look();
}

/** Tells the browser of what has changed, and of nothing else. */
class TabAttendant {
  readonly #host: TabHost;
  #underWay: ReadonlySet<string> = new Set();
  /** How a download ended while nobody looked at the page. */
  #unseen: DownloadEnd | undefined;
  #isAwake = false;
  #isWarning = false;
  #icon: TabIcon = { kind: 'plain' };

  constructor(host: TabHost) {
    this.#host = host;
  }

  look(state: AttendedState): void {
    const isVisible = this.#host.isVisible();
    this.#seeEnds(state, isVisible);
    this.#keepAwake(isVisible && isTransferring(state));
    this.#warn(hasSomethingToLose(state));
    this.#showIcon(computeTabIcon(state, this.#unseen));
  }

  #seeEnds({ cards, doneNotices }: AttendedState, isVisible: boolean): void {
    const { underWay, ends } = seeDownloads(this.#underWay, cards);
    this.#underWay = underWay;
    if (isVisible) {
      this.#unseen = undefined;
      return;
    }
    for (const end of ends) {
      // What has failed wants somebody to come, whatever else went well.
      if (this.#unseen !== 'failed') this.#unseen = end;
      if (doneNotices === 'on') this.#host.notify(end);
    }
  }

  #keepAwake(isWanted: boolean): void {
    if (isWanted === this.#isAwake) return;
    this.#isAwake = isWanted;
    this.#host.keepAwake(isWanted);
  }

  #warn(isWanted: boolean): void {
    if (isWanted === this.#isWarning) return;
    this.#isWarning = isWanted;
    this.#host.warnBeforeClosing(isWanted);
  }

  #showIcon(icon: TabIcon): void {
    if (JSON.stringify(icon) === JSON.stringify(this.#icon)) return;
    this.#icon = icon;
    this.#host.showIcon(icon);
  }
}
