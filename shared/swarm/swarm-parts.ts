import type { Announcer } from './announcer.ts';
import type { Auditor } from './auditor.ts';
import type { Dialer } from './dialer.ts';
import type { Downloader } from './downloader.ts';
import type { PeerBook } from './peer-book.ts';
import type { Shower } from './shower.ts';
import type { SuperSeeder } from './super-seeder.ts';
import type { SwarmContext } from './swarm-context.ts';
import type { Uploader } from './uploader.ts';
import type { Widener } from './widener.ts';

/** What one engine is made of. */
export interface SwarmParts {
  readonly context: SwarmContext;
  readonly peerBook: PeerBook;
  readonly downloader: Downloader;
  readonly widener: Widener;
  readonly uploader: Uploader;
  readonly superSeeder: SuperSeeder;
  readonly auditor: Auditor;
  readonly shower: Shower;
  readonly dialer: Dialer;
  readonly announcer: Announcer;
}
