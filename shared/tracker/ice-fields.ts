import * as v from 'valibot';

import { MAX_ICE_TEXT, MAX_ICE_URLS } from './limits.ts';

const TURN_URL =
  /^turns?:(?:[\w-]+(?:\.[\w-]+)*|\[[\da-f:.]+\])(?::(?<port>\d{1,5}))?(?:\?transport=(?:udp|tcp))?$/u;
const MAX_PORT = 65_535;

export const iceText = v.pipe(v.string(), v.maxLength(MAX_ICE_TEXT));

/** Only addresses that RTCPeerConnection takes: it throws on any other. */
export const iceUrl = v.pipe(
  iceText,
  v.check((url) => /^(?:stun|stuns|turn|turns):[\w.:[\]?=-]+$/u.test(url)),
);

const turnUrl = v.pipe(v.string(), v.maxLength(MAX_ICE_TEXT), v.check(isTurnUrl));

export const turnUrls = v.pipe(v.array(turnUrl), v.minLength(1), v.maxLength(MAX_ICE_URLS));

function isTurnUrl(text: string): boolean {
  const match = TURN_URL.exec(text);
  const port = Number(match?.groups?.['port'] ?? 1);
  return match !== null && port >= 1 && port <= MAX_PORT;
}
