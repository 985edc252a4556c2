import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page of this origin may connect. Browsers do not apply CORS to websockets, so the server must.
 * Peers outside a browser send no origin, and could send any.
 */
export function isOriginAllowed(
  headers: IncomingHttpHeaders,
  allowedOrigins: readonly string[],
): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
