import type { LiveShareParts } from './live-share-parts.ts';
import type { MirroredShare } from './mirrored-share.ts';
import type { PreviewingParts } from './previewing.ts';
import type { Space, SpaceSurroundings } from './space.ts';
import type { SharePreview } from './share-preview.ts';
import type { VolunteerParts } from './volunteering.ts';
import type { Browser } from './ports/browser.ts';
import type { QrCode } from './app-state.ts';
import type { InstallPrompt } from './ports/install-prompt.ts';
import type { Choices } from './ports/choices.ts';
import type { KeptFiles } from './ports/kept-files.ts';
import type { Notifier } from './ports/notifier.ts';
import type { RateMemory } from './ports/rate-settings.ts';
import type { ShareRecords } from './ports/share-records.ts';
import type { ObservedTracker } from './ports/tracker-status.ts';

/** Everything that the page's use cases reach the world through. */
export interface AppParts extends Omit<
  LiveShareParts,
  'origin' | 'seed' | 'tracker' | 'nameHolder'
> {
  readonly tracker: ObservedTracker;
  /** Loaded when a link is first opened. Rejects where a part of the page cannot be fetched. */
  readonly findPreview: () => Promise<typeof SharePreview>;
  /** Loaded when there is first something to mirror. Rejects where a part of the page cannot be fetched. */
  readonly findMirror: () => Promise<typeof MirroredShare>;
  readonly records: ShareRecords;
  readonly keptFiles: KeptFiles;
  readonly browser: Browser;
  readonly volunteering: VolunteerParts;
  readonly installPrompt: InstallPrompt;
  /** Called once there is something that takes space. Rejects where a part of the page cannot be fetched. */
  readonly openSpace: (surroundings: SpaceSurroundings) => Promise<Space>;
  readonly rates: RateMemory;
  /** Rejects where a part of the page cannot be fetched. */
  readonly drawQrCode: (text: string) => Promise<QrCode>;
  readonly findViews: PreviewingParts['findViews'];
  readonly choices: Choices;
  readonly notifier: Notifier;
  /** Closes every connection of this tab as a network does that fails: what is needed connects again. */
  readonly dropConnections: () => void;
}
