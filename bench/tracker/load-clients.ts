import { join } from 'node:path';

import { ForkedProcess } from './forked-process.ts';
import type { ClientOrder } from './load-client.ts';
import type { CrowdOptions } from './load-crowd.ts';
import type { MessageReport, TimedKind } from './message-log.ts';

const CLIENTS = 2;
const SCRIPT = join(import.meta.dirname, 'load-client.ts');

/** The peers, spread over processes so that no share is in two of them. */
export class LoadClients {
  readonly #processes = Array.from({ length: CLIENTS }, () => new ForkedProcess(SCRIPT));

  async prepare(options: CrowdOptions): Promise<void> {
    await Promise.all(
      this.#processes.map((process, client) => {
        const shares = options.shares.filter((_, share) => share % CLIENTS === client);
        const ofClient = { ...options, shares, seed: options.seed * CLIENTS + client };
        return process.ask({ kind: 'prepare', options: ofClient } satisfies ClientOrder);
      }),
    );
  }

  async order(order: ClientOrder): Promise<MessageReport> {
    return mergeReports(
      await Promise.all(this.#processes.map((process) => process.ask<MessageReport>(order))),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.stop()));
  }

  kill(): void {
    for (const process of this.#processes) process.kill();
  }
}

function mergeReports(reports: readonly MessageReport[]): MessageReport {
  const latenciesOf = (kind: TimedKind) => reports.flatMap((report) => report.latenciesMs[kind]);
  const refused: Record<string, number> = {};
  for (const [code, count] of reports.flatMap((report) => Object.entries(report.refused))) {
    refused[code] = (refused[code] ?? 0) + count;
  }
  return {
    latenciesMs: {
      announce: latenciesOf('announce'),
      find: latenciesOf('find'),
      signal: latenciesOf('signal'),
      relay: latenciesOf('relay'),
    },
    refused,
    lost: reports.reduce((total, { lost }) => total + lost, 0),
    tookMs: Math.max(...reports.map(({ tookMs }) => tookMs)),
    lateP99Ms: Math.max(...reports.map(({ lateP99Ms }) => lateP99Ms)),
  };
}
