import type { Server } from 'node:http';

import type { IceServers } from '../shared/tracker/welcome.ts';
import type { AddressLimitOptions } from './gateway/address-limits.ts';
import { AddressLimits } from './gateway/address-limits.ts';
import { EXPIRY_CHECK_MS, GOODBYE_MS } from './gateway/gateway-limits.ts';
import { Gateway } from './gateway/gateway.ts';
import { watchEventLoop } from './http/event-loop-lag.ts';
import { createHttpEdge } from './http/http-edge.ts';
import { OpenConnections } from './http/open-connections.ts';
import { createPageFiles } from './http/page-files.ts';
import type { LogLevel } from './log.ts';
import { createLog } from './log.ts';
import { MemoryRegistry } from './registry/memory-registry.ts';
import { REGISTRY_LIMITS } from './registry/registry-limits.ts';
import type { TrackerTimeouts } from './timeouts.ts';
import { TRACKER_TIMEOUTS } from './timeouts.ts';

/** Everything has a default, so that a test names only what it is about. */
export interface TrackerOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** The built page's folder; without it there is the tracker alone. */
  readonly pageRoot?: string | undefined;
  readonly trustProxyHops?: number;
  readonly allowedOrigins?: readonly string[];
  readonly iceServers?: IceServers;
  readonly addressLimits?: Partial<AddressLimitOptions>;
  readonly logLevel?: LogLevel;
  readonly expiryCheckMs?: number;
  readonly timeouts?: Partial<TrackerTimeouts>;
  /** A clock that never goes back. */
  readonly nowMs?: () => number;
  readonly random?: () => number;
}

export interface RunningTracker {
  readonly url: string;
  readonly port: number;
  /** Disconnects everybody; resolves when nothing is open any more. */
  readonly close: () => Promise<void>;
}

export const DEFAULT_ADDRESS_LIMITS: AddressLimitOptions = {
  socketsPerAddress: 256,
  connectionsPerMinute: 600,
  unknownSharesPerMinute: 120,
};

const WILDCARD_HOSTS = new Set(['0.0.0.0', '::']);

/** Resolves once the tracker accepts connections; rejects with Node's own error where it cannot listen. */
export async function startTracker(options: TrackerOptions = {}): Promise<RunningTracker> {
  const { host = '0.0.0.0', port = 0, pageRoot, nowMs = () => performance.now() } = options;
  const registry = new MemoryRegistry(REGISTRY_LIMITS, options.random ?? Math.random);
  const timeouts = { ...TRACKER_TIMEOUTS, ...options.timeouts };
  const lag = watchEventLoop();
  const edge = createHttpEdge({
    page: pageRoot === undefined ? undefined : createPageFiles(pageRoot),
    takeLagMs: lag.takeMs,
    timeouts,
    counts: () => ({
      connections: connections.count,
      sockets: gateway.socketCount,
      ...registry.counts(),
    }),
  });
  const connections = new OpenConnections(edge);
  const gateway = new Gateway(edge, {
    registry,
    addressLimits: new AddressLimits({ ...DEFAULT_ADDRESS_LIMITS, ...options.addressLimits }),
    allowedOrigins: options.allowedOrigins ?? [],
    trustProxyHops: options.trustProxyHops ?? 0,
    iceServers: options.iceServers ?? [],
    expiryCheckMs: options.expiryCheckMs ?? EXPIRY_CHECK_MS,
    timeouts,
    nowMs,
    log: createLog(options.logLevel ?? 'silent'),
  });
  const close = async (): Promise<void> => {
    lag.stop();
    // One that does not read would never say goodbye.
    const goodbye = setTimeout(() => connections.destroyAll(), GOODBYE_MS);
    await gateway.close();
    clearTimeout(goodbye);
  };
  try {
    const actualPort = await listen(edge, port, host);
    return { url: formatUrl(host, actualPort), port: actualPort, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function formatUrl(host: string, port: number): string {
  const name = WILDCARD_HOSTS.has(host) ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
