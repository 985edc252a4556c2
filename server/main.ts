import { join } from 'node:path';

import type { Configuration } from './configuration.ts';
import { readConfiguration } from './configuration.ts';
import { DeniedSharesError, readDeniedShares } from './denied-shares.ts';
import { PAGE_NOT_BUILT } from './http/http-edge.ts';
import { findPageRoot } from './http/page-files.ts';
import type { Log } from './log.ts';
import { createLog } from './log.ts';
import { endOnUncaught } from './end-on-uncaught.ts';
import { explainStartFailure } from './start-failure.ts';
import type { RunningTracker } from './start-tracker.ts';
import { startTracker } from './start-tracker.ts';

/** How long a stop may take before the process ends regardless. */
const STOP_TIMEOUT_MS = 10_000;

/** The built page, as seen from dist/server, from the sources, and from wherever the command was run. */
const PAGE_ROOTS = [
  join(import.meta.dirname, '../../dist/web'),
  join(import.meta.dirname, '../dist/web'),
  join(process.cwd(), 'dist/web'),
];

async function run(configuration: Configuration): Promise<void> {
  const log = createLog(configuration.LOG_LEVEL);
  const deniedFile = configuration.DENIED_SHARES_FILE;
  endOnUncaught(log);
  const pageRoot = findPageRoot(PAGE_ROOTS);
  if (pageRoot === undefined) process.stderr.write(`${PAGE_NOT_BUILT}\n`);
  try {
    const deniedShares = deniedFile === undefined ? undefined : await readDeniedShares(deniedFile);
    const tracker = await startTracker({
      deniedShares,
      port: configuration.PORT,
      host: configuration.HOST,
      metricsPort: configuration.METRICS_PORT,
      pageRoot,
      trustProxyHops: configuration.TRUST_PROXY_HOPS,
      allowedOrigins: configuration.ALLOWED_ORIGINS,
      iceServers: configuration.ICE_SERVERS,
      relay: configuration.relay,
      logLevel: configuration.LOG_LEVEL,
      maxSockets: configuration.MAX_SOCKETS,
      addressLimits: {
        socketsPerAddress: configuration.MAX_SOCKETS_PER_ADDRESS,
        connectionsPerMinute: configuration.MAX_CONNECTIONS_PER_MINUTE,
        unknownSharesPerMinute: configuration.MAX_UNKNOWN_SHARES_PER_MINUTE,
        relayGrantsPerMinute: configuration.MAX_TURN_CREDENTIALS_PER_MINUTE,
      },
    });
    stopOnSignal(tracker);
    if (deniedFile !== undefined) denyAgainOnSignal(tracker, deniedFile, log);
    process.stdout.write(`Peerify is ready at ${tracker.url}\n`);
  } catch (error) {
    const isListWrong = error instanceof DeniedSharesError;
    fail(isListWrong ? error.message : explainStartFailure(error, configuration));
  }
}

/** A list that cannot be read leaves the one that was. */
function denyAgainOnSignal(tracker: RunningTracker, path: string, log: Log): void {
  const deny = async (): Promise<void> => {
    try {
      await tracker.deny(await readDeniedShares(path));
      log.info('read the list of refused shares again');
    } catch (error) {
      log.error(error instanceof DeniedSharesError ? error.message : 'could not refuse', error);
    }
  };
  process.on('SIGHUP', () => void deny());
}

function stopOnSignal(tracker: RunningTracker): void {
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    void tracker.close();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

const configuration = readConfiguration(process.env);
if (configuration.ok) await run(configuration.value);
else fail(configuration.sentence);
