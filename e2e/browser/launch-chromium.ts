import type { Browser, BrowserContext } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

const SWITCHED_OFF = [
  'WebRtcHideLocalIpsWithMdns',
  // Pages of the browser's own, which it loads into every window: to open one takes half as long without them.
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
];

export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--allow-loopback-in-peer-connection',
  `--disable-features=${SWITCHED_OFF.join(',')}`,
  // A name that is not this machine's own, so that its pages are no secure context.
  '--host-resolver-rules=MAP peerify.test 127.0.0.1',
];

/** One browser for many tabs, each in a context of its own that keeps nothing on disk. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: locateChromium(), args: CHROMIUM_FLAGS });
}

export interface ProfileOptions {
  readonly executablePath?: string;
  /** Beside ours. */
  readonly flags?: readonly string[];
}

/** A browser process with a profile on disk, as people have it. */
export function launchProfile(
  folder: string,
  { executablePath = locateChromium(), flags = [] }: ProfileOptions = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    executablePath,
    args: [...CHROMIUM_FLAGS, ...flags],
    acceptDownloads: true,
  });
}

export function locateChromium(): string {
  const path = findChromium();
  if (path === undefined) throw new Error('no Chromium was found');
  return path;
}
