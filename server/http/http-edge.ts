import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

import type { PageHandler } from './page-files.ts';
import { createSecurityHeaders } from './security-headers.ts';

/** Beyond this pause the process cannot keep up, and whoever balances load should look elsewhere. */
const MAX_LAG_MS = 1000;

export interface HttpEdgeOptions {
  /** Undefined where the page has not been built. */
  readonly page: PageHandler | undefined;
  readonly takeLagMs: () => number;
  /** Numbers only: whoever asks learns how much there is, never what. */
  readonly counts: () => Readonly<Record<string, number>>;
}

export const PAGE_NOT_BUILT = 'The page has not been built yet. Run: npm run build';

/** Everything that is not a websocket: the page and the health check. */
export function createHttpEdge(options: HttpEdgeOptions): Server {
  const setSecurityHeaders = createSecurityHeaders();
  return createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      // Node looks for requests that are late no more often than this.
      connectionsCheckingInterval: 2000,
      maxHeaderSize: 8 * 1024,
    },
    (request, response) => {
      setSecurityHeaders(request, response, () => route(request, response, options));
    },
  );
}

function route(request: IncomingMessage, response: ServerResponse, options: HttpEdgeOptions): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    sendText(response, 405, 'Method not allowed');
  } else if (request.url === '/healthz') {
    sendHealth(response, options);
  } else if (options.page === undefined) {
    sendText(response, 503, PAGE_NOT_BUILT);
  } else {
    options.page(request, response, () => sendText(response, 404, 'Not found'));
  }
}

function sendHealth(response: ServerResponse, { takeLagMs, counts }: HttpEdgeOptions): void {
  const lagMs = Math.round(takeLagMs());
  const isWell = lagMs <= MAX_LAG_MS;
  const body = JSON.stringify({ status: isWell ? 'ok' : 'overloaded', ...counts(), lagMs });
  response.writeHead(isWell ? 200 : 503, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  response.end(`${text}\n`);
}
