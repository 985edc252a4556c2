import type { LiveShareParts } from './live-share-parts.ts';
import type { VolunteerParts } from './volunteering.ts';
import type { Browser } from './ports/browser.ts';
import type { KeptFiles } from './ports/kept-files.ts';
import type { ShareRecords } from './ports/share-records.ts';
import type { ObservedTracker } from './ports/tracker-status.ts';

/** Everything that the page's use cases reach the world through. */
export interface AppParts extends Omit<
  LiveShareParts,
  'origin' | 'seed' | 'tracker' | 'nameHolder'
> {
  readonly tracker: ObservedTracker;
  readonly records: ShareRecords;
  readonly keptFiles: KeptFiles;
  readonly browser: Browser;
  readonly volunteering: VolunteerParts;
}
