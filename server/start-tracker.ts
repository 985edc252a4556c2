import type { ShareId } from '../shared/share/share-id.ts';
import type { IceServers } from '../shared/tracker/welcome.ts';
import type { AddressLimitOptions } from './gateway/address-limits.ts';
import { AddressLimits } from './gateway/address-limits.ts';
import { DEFAULT_MAX_SOCKETS, EXPIRY_CHECK_MS, GOODBYE_MS } from './gateway/gateway-limits.ts';
import { Gateway } from './gateway/gateway.ts';
import { ENDS_PER_MINUTE } from './ends/end-limits.ts';
import { createHttpEdge } from './http/http-edge.ts';
import type { RelayServer } from './gateway/relay-credentials.ts';
import { createRelayGrant } from './gateway/relay-credentials.ts';
import { OpenConnections } from './http/open-connections.ts';
import { listen } from './http/listen.ts';
import { createPageFiles } from './http/page-files.ts';
import { RecentLag } from './http/recent-lag.ts';
import { watchEventLoop } from './http/event-loop-lag.ts';
import type { LogLevel } from './log.ts';
import { createLog } from './log.ts';
import type { RunningMetrics } from './metrics/metrics-edge.ts';
import { startMetrics } from './metrics/metrics-edge.ts';
import { PrometheusTally } from './metrics/prometheus-tally.ts';
import { MemoryRegistry } from './registry/memory-registry.ts';
import { REGISTRY_LIMITS } from './registry/registry-limits.ts';
import type { TrackerTimeouts } from './timeouts.ts';
import { TRACKER_TIMEOUTS } from './timeouts.ts';

/** Everything has a default, so that a test names only what it is about. */
export interface TrackerOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Where `/metrics` is answered, on loopback alone; 0 takes any free port, and without it there are none. */
  readonly metricsPort?: number | undefined;
  /** The built page's folder; without it there is the tracker alone. */
  readonly pageRoot?: string | undefined;
  readonly trustProxyHops?: number;
  readonly allowedOrigins?: readonly string[];
  readonly iceServers?: IceServers;
  /** The TURN server whose credentials members of a swarm are given. */
  readonly relay?: RelayServer | undefined;
  /** Open connections of all addresses together. */
  readonly maxSockets?: number;
  readonly addressLimits?: Partial<AddressLimitOptions>;
  readonly logLevel?: LogLevel;
  readonly expiryCheckMs?: number;
  readonly timeouts?: Partial<TrackerTimeouts>;
  /** A clock that never goes back. */
  readonly nowMs?: () => number;
  /** The time of day, in milliseconds since 1970, as the TURN server has it too; shares end by it. */
  readonly unixMs?: () => number;
  readonly random?: () => number;
  /** Refused from the start. */
  readonly deniedShares?: ReadonlySet<ShareId> | undefined;
}

export interface RunningTracker {
  readonly url: string;
  readonly port: number;
  /** Where `/metrics` is answered; undefined where it is not. */
  readonly metricsPort: number | undefined;
  /** Refuses these shares from now on and no others, and forgets what is known of them. */
  readonly deny: (shareIds: ReadonlySet<ShareId>) => Promise<void>;
  /** Tells everybody when to come again, and disconnects; resolves when nothing is open any more. */
  readonly close: () => Promise<void>;
}

export const DEFAULT_ADDRESS_LIMITS: AddressLimitOptions = {
  socketsPerAddress: 256,
  connectionsPerMinute: 600,
  unknownSharesPerMinute: 120,
  relayGrantsPerMinute: 30,
  endsPerMinute: ENDS_PER_MINUTE,
};

const WILDCARD_HOSTS = new Set(['0.0.0.0', '::']);

/** Resolves once the tracker accepts connections; rejects with Node's own error where it cannot listen. */
export async function startTracker(options: TrackerOptions = {}): Promise<RunningTracker> {
  const { host = '0.0.0.0', port = 0, pageRoot, relay } = options;
  const { nowMs = () => performance.now(), random = Math.random } = options;
  // oxlint-disable-next-line no-restricted-globals -- the TURN server and the ends of shares go by the time of day
  const { unixMs = Date.now } = options;
  const registry = new MemoryRegistry(REGISTRY_LIMITS, random);
  const tally = new PrometheusTally();
  const timeouts = { ...TRACKER_TIMEOUTS, ...options.timeouts };
  const lag = new RecentLag(watchEventLoop());
  const readCounts = () => ({ sockets: gateway.socketCount, ...registry.counts() });
  const edge = createHttpEdge({
    page: pageRoot === undefined ? undefined : createPageFiles(pageRoot),
    readLagMs: () => lag.readMs(),
    timeouts,
    isReady: () => !gateway.isDraining,
    counts: () => ({ connections: connections.count, ...readCounts() }),
  });
  const connections = new OpenConnections(edge);
  const gateway = new Gateway(edge, {
    registry,
    copies: registry.copies,
    addressLimits: new AddressLimits(
      { ...DEFAULT_ADDRESS_LIMITS, ...options.addressLimits },
      nowMs,
    ),
    maxSockets: options.maxSockets ?? DEFAULT_MAX_SOCKETS,
    allowedOrigins: options.allowedOrigins ?? [],
    trustProxyHops: options.trustProxyHops ?? 0,
    iceServers: options.iceServers ?? [],
    grantRelay: relay && (() => createRelayGrant(relay, unixMs())),
    expiryCheckMs: options.expiryCheckMs ?? EXPIRY_CHECK_MS,
    timeouts,
    nowMs,
    unixMs,
    random,
    log: createLog(options.logLevel ?? 'silent'),
    tally,
  });
  let metrics: RunningMetrics | undefined;
  const close = async (): Promise<void> => {
    lag.stop();
    // One that does not read would never say goodbye.
    const goodbye = setTimeout(() => connections.destroyAll(), GOODBYE_MS);
    await gateway.drain();
    await gateway.close();
    clearTimeout(goodbye);
    metrics?.close();
  };
  try {
    if (options.metricsPort !== undefined) {
      metrics = await startMetrics(options.metricsPort, tally, () => ({
        ...readCounts(),
        ...registry.copies.counts(),
      }));
    }
    await gateway.deny(options.deniedShares ?? new Set());
    const actualPort = await listen(edge, port, host);
    const url = formatUrl(host, actualPort);
    const deny: RunningTracker['deny'] = (shareIds) => gateway.deny(shareIds);
    return { url, port: actualPort, metricsPort: metrics?.port, deny, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function formatUrl(host: string, port: number): string {
  const name = WILDCARD_HOSTS.has(host) ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
