import type { BenchBrowser } from '../browser.ts';
import type { LinkRate, ShapedHosts } from '../../../e2e/hosts/shaped-hosts.ts';
import type { SampleFile } from '../sample-file.ts';
import { withBrowserGroup } from '../browser.ts';
import { openOnHost } from '../hosts/open-on-host.ts';
import { withScratchFolder } from '../sample-file.ts';

/** What every run of the race is given. */
export interface SwarmCourse extends SampleFile {
  readonly hosts: ShapedHosts;
  /** The page's address, served from the hub. */
  readonly url: string;
  readonly scripts: {
    readonly receiver: string;
    readonly channels: string;
    readonly webtorrent: string;
  };
}

/** The first host is the sharer's. */
export const SHARER = 1;
export const LEECHERS = [2, 3, 4, 5] as const;
export const ALL_HOSTS = [SHARER, ...LEECHERS] as const;

export const HOME_LINK: LinkRate = { upKbit: 8_000, downKbit: 80_000 };

/** How long pages have to get ready for a start at one moment. */
export const START_DELAY_MS = 500;

/** Bytes a second of the line, headers included. */
export function toBytesPerSecond(kbit: number): number {
  return (kbit * 1000) / 8;
}

/** A fresh browser on each of the hosts while `work` runs. */
export function withHostBrowsers<Result>(
  { hosts }: SwarmCourse,
  numbers: readonly number[],
  url: string,
  work: (browsers: readonly BenchBrowser[]) => Promise<Result>,
): Promise<Result> {
  return withScratchFolder((folder) =>
    withBrowserGroup(
      numbers.map((host) => () => openOnHost(hosts, host, folder, new URL(url).origin)),
      work,
    ),
  );
}
