import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { findFreePort } from '../../server/run-tracker.test-helper.ts';
import { findCoturn } from '../browser/find-coturn.ts';

const ADDRESS = '127.0.0.1';
const START_TIMEOUT_MS = 10_000;

/** A TURN server of this machine for this machine, which takes what a tracker with its secret hands out. */
export class Coturn {
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly port: number;
  readonly url: string;
  #log = '';

  private constructor(
    executable: string,
    port: number,
    options: readonly string[],
    folder: string,
  ) {
    this.port = port;
    this.url = `turn:${ADDRESS}:${port}`;
    this.#child = spawn(executable, [...options, ...listPlaces(port, folder)], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#exited = new Promise((resolve) => this.#child.once('exit', () => resolve()));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk) => (this.#log += String(chunk)));
    }
  }

  static start(secret: string, folder: string): Promise<Coturn> {
    return Coturn.#start(['-n', ...listOptions(secret)], folder);
  }

  /** With the lines of a file for a server that is to be reached from anywhere, but its own certificate and place. */
  static startWith(lines: readonly string[], secret: string, folder: string): Promise<Coturn> {
    const kept = lines.filter(
      (line) => !/^(?:listening-port|tls-listening-port|cert|pkey)=/.test(line),
    );
    const file = join(folder, 'turnserver.conf');
    const text = kept
      .join('\n')
      .replace(/^static-auth-secret=.*$/m, `static-auth-secret=${secret}`);
    writeFileSync(file, text);
    return Coturn.#start(['-c', file, '--no-tls', '--no-dtls'], folder);
  }

  static async #start(options: readonly string[], folder: string): Promise<Coturn> {
    const executable = findCoturn();
    if (executable === undefined) throw new Error('no coturn was found');
    const coturn = new Coturn(executable, await findFreePort(), options, folder);
    try {
      await vi.waitUntil(() => coturn.#log.includes('UDP listener opened on'), START_TIMEOUT_MS);
      return coturn;
    } catch (error) {
      await coturn.stop();
      throw new Error(`coturn does not start: ${coturn.#log}`, { cause: error });
    }
  }

  /** Resolves when the process has ended. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#exited;
  }
}

function listPlaces(port: number, folder: string): string[] {
  return [
    '--verbose',
    '--log-file=stdout',
    `--pidfile=${join(folder, 'turnserver.pid')}`,
    `--userdb=${join(folder, 'turndb')}`,
    `--listening-ip=${ADDRESS}`,
    `--listening-port=${port}`,
    `--relay-ip=${ADDRESS}`,
  ];
}

function listOptions(secret: string): string[] {
  return [
    '--allow-loopback-peers',
    '--realm=peerify.test',
    '--use-auth-secret',
    `--static-auth-secret=${secret}`,
    '--no-tcp-relay',
    '--no-tcp',
    '--no-tls',
    '--no-dtls',
    '--no-cli',
    '--no-rfc5780',
    '--no-software-attribute',
  ];
}
