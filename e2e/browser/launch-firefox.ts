import type { Browser } from 'puppeteer-core';
import { launch } from 'puppeteer-core';
import { findFirefox } from './find-firefox.ts';

const PREFERENCES = {
  // Peers on this machine, by the addresses that they have.
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  // A machine without a sound device fails what begins to be heard, and whether it does depends on when it is muted.
  'media.default_volume': '0.0',
  // A service worker ends where it would at the worst time; what is saved by way of it comes out short (V3).
  'dom.serviceWorkers.idle_timeout': 200,
  // One that is in the middle of an answer gets 30 s from Firefox. A busy machine may take a second over a part of the
  // page, which would then be missing for good.
  'dom.serviceWorkers.idle_extended_timeout': 5_000,
  // Whoever is asked before a page is reloaded says yes; nobody is there to.
  'dom.disable_beforeunload': true,
  // The list of downloads, which opens by itself after the first, would take the keyboard from the page.
  'browser.download.alwaysOpenPanel': false,
};

/** One Firefox for many tabs. A context of it keeps what it stores to itself, and on disk only while it is open. */
export function launchFirefox(): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: locateFirefox(),
    extraPrefsFirefox: PREFERENCES,
  });
}

export interface FirefoxProfileOptions {
  /** All of its windows are private: what a page stores goes when the browser is closed. */
  readonly isPrivate?: boolean;
}

/** A Firefox with a profile on disk, as people have it. */
export function launchFirefoxProfile(
  folder: string,
  downloadPath: string,
  { isPrivate = false }: FirefoxProfileOptions = {},
): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: locateFirefox(),
    userDataDir: folder,
    extraPrefsFirefox: {
      ...PREFERENCES,
      'browser.download.dir': downloadPath,
      // The folder that is named here.
      'browser.download.folderList': 2,
      'browser.privatebrowsing.autostart': isPrivate,
    },
  });
}

function locateFirefox(): string {
  const path = findFirefox();
  if (path === undefined) throw new Error('no Firefox was found');
  return path;
}
