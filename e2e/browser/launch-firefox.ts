import type { Browser } from 'puppeteer-core';
import { launch } from 'puppeteer-core';
import { findFirefox } from './find-firefox.ts';

const PREFERENCES = {
  // Peers on this machine, by the addresses that they have.
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  // A service worker ends where it would at the worst time; what is saved by way of it comes out short (V3).
  'dom.serviceWorkers.idle_timeout': 200,
  'dom.serviceWorkers.idle_extended_timeout': 200,
};

/** One Firefox for many tabs. A context of it keeps what it stores to itself, and on disk only while it is open. */
export function launchFirefox(): Promise<Browser> {
  const executablePath = findFirefox();
  if (executablePath === undefined) throw new Error('no Firefox was found');
  return launch({ browser: 'firefox', executablePath, extraPrefsFirefox: PREFERENCES });
}
