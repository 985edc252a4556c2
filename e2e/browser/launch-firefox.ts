import type { Browser } from 'puppeteer-core';
import { launch } from 'puppeteer-core';
import { findFirefox } from './find-firefox.ts';

const PREFERENCES = {
  // Peers on this machine, by the addresses that they have.
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
};

/** One Firefox for many tabs. A context of it keeps what it stores to itself, and on disk only while it is open. */
export function launchFirefox(): Promise<Browser> {
  const executablePath = findFirefox();
  if (executablePath === undefined) throw new Error('no Firefox was found');
  return launch({ browser: 'firefox', executablePath, extraPrefsFirefox: PREFERENCES });
}
