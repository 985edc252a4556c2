import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

import type { EventLoopLag } from '../http/event-loop-lag.ts';
import { watchEventLoop } from '../http/event-loop-lag.ts';
import { listen } from '../http/listen.ts';
import type { Levels, PrometheusTally } from './prometheus-tally.ts';

/** Metrics are for whoever runs the machine, and for nobody else. */
const LOOPBACK = '127.0.0.1';

export interface RunningMetrics {
  readonly port: number;
  readonly close: () => void;
}

/** Answers `GET /metrics` on a loopback port of its own, and nothing else. Rejects with Node's own error. */
export async function startMetrics(
  port: number,
  tally: PrometheusTally,
  readCounts: () => Omit<Levels, 'lagMs' | 'residentBytes'>,
): Promise<RunningMetrics> {
  // Of its own: what is asked for once a minute has to tell of all of that minute.
  const lag = watchEventLoop();
  const readLevels = (): Levels => ({
    ...readCounts(),
    lagMs: lag.takeMs(),
    residentBytes: process.memoryUsage.rss(),
  });
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 15_000, maxHeaderSize: 8 * 1024 },
    (request, response) => void answer(request, response, tally, readLevels),
  );
  try {
    const actualPort = await listen(server, port, LOOPBACK);
    return { port: actualPort, close: () => stop(server, lag) };
  } catch (error) {
    lag.stop();
    throw error;
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  tally: PrometheusTally,
  readLevels: () => Levels,
): Promise<void> {
  if (request.method !== 'GET' || request.url !== '/metrics') {
    response.writeHead(404).end();
    return;
  }
  const text = await tally.render(readLevels());
  response.writeHead(200, { 'Content-Type': tally.contentType, 'Cache-Control': 'no-store' });
  response.end(text);
}

function stop(server: Server, lag: EventLoopLag): void {
  lag.stop();
  server.close();
  server.closeAllConnections();
}
