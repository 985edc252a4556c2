import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { vi } from 'vitest';

const BUILT_TRACKER = join(import.meta.dirname, '../../dist/server/main.js');
const START_TIMEOUT_MS = 10_000;

/** Where it listens, by what name it is called, and what command runs it there. */
export interface TrackerPlace {
  readonly host: string;
  readonly name: string;
  readonly command: readonly string[];
}

/** The built tracker as a process of its own, as people run it: it can be killed, and says what it logs. */
export class TrackerProcess {
  /** Everything it wrote to its output, all runs together. */
  log = '';
  readonly #place: TrackerPlace;
  #child: ChildProcess | undefined;
  #port = 0;

  constructor(place: TrackerPlace = { host: '127.0.0.1', name: 'localhost', command: [] }) {
    this.#place = place;
  }

  get url(): string {
    return `http://${this.#place.name}:${this.#port}/`;
  }

  /** At any free port the first time, later at the same. */
  async start(): Promise<void> {
    const { host, command } = this.#place;
    const [program, ...args] = [...command, process.execPath, BUILT_TRACKER];
    const child = spawn(program, args, {
      env: { ...process.env, PORT: String(this.#port), HOST: host, LOG_LEVEL: 'debug' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let out = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        out += String(chunk);
        this.log += String(chunk);
      });
    }
    this.#port = await vi.waitFor(
      () => {
        const port = /ready at http:\/\/\S+:(\d+)/.exec(out)?.[1];
        if (port === undefined) throw new Error(`the tracker does not start: ${out}`);
        return Number(port);
      },
      { timeout: START_TIMEOUT_MS },
    );
  }

  /** SIGKILL: no goodbye to anybody. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await exited;
  }
}
