import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

import type { TrackerTimeouts } from '../timeouts.ts';
import type { PageHandler } from './page-files.ts';
import { createSecurityHeaders } from './security-headers.ts';

/** Beyond this pause the process cannot keep up, and whoever balances load should look elsewhere. */
const MAX_LAG_MS = 1000;

/** Where Socket.IO's clients connect; their long polling is not spoken. */
const SOCKET_PATH = '/socket.io/';

export interface HttpEdgeOptions {
  /** Undefined where the page has not been built. */
  readonly page: PageHandler | undefined;
  /** The longest pause of late. */
  readonly readLagMs: () => number;
  readonly timeouts: TrackerTimeouts;
  /** False from when the tracker was told to stop. */
  readonly isReady: () => boolean;
  /** Numbers only: whoever asks learns how much there is, never what. */
  readonly counts: () => Readonly<Record<string, number>>;
}

export const PAGE_NOT_BUILT = 'The page has not been built yet. Run: npm run build';

/** Everything that is not a websocket: the page, and how the tracker is. */
export function createHttpEdge(options: HttpEdgeOptions): Server {
  const setSecurityHeaders = createSecurityHeaders();
  const { headersMs, requestMs, keepAliveMs, idleMs, checkMs } = options.timeouts;
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: checkMs,
      maxHeaderSize: 8 * 1024,
    },
    (request, response) => {
      setSecurityHeaders(request, response, () => route(request, response, options));
    },
  );
  server.setTimeout(idleMs);
  return server;
}

function route(request: IncomingMessage, response: ServerResponse, options: HttpEdgeOptions): void {
  if (request.url?.startsWith(SOCKET_PATH) === true) {
    response.setHeader('Connection', 'close');
    sendText(response, 400, 'Only websockets are spoken here');
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    // Whatever else it was going to send is not read.
    response.setHeader('Connection', 'close');
    sendText(response, 405, 'Method not allowed');
  } else if (request.url === '/healthz') {
    sendHealth(response, options);
  } else if (request.url === '/readyz') {
    const isReady = options.isReady();
    sendText(response, isReady ? 200 : 503, isReady ? 'ready' : 'stopping');
  } else if (options.page === undefined) {
    sendText(response, 503, PAGE_NOT_BUILT);
  } else {
    options.page(request, response, () => sendText(response, 404, 'Not found'));
  }
}

function sendHealth(response: ServerResponse, { readLagMs, counts }: HttpEdgeOptions): void {
  const lagMs = Math.round(readLagMs());
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
