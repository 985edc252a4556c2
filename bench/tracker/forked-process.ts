import type { ChildProcess, Serializable } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const STOP_TIMEOUT_MS = 15_000;

export interface ForkOptions {
  /** Modules that run before the script; without any it is taken for TypeScript. */
  readonly preload?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A script of ours in a process of its own, which answers one question at a time. */
export class ForkedProcess {
  readonly #child: ChildProcess;
  readonly #killNow = (): unknown => this.#child.kill('SIGKILL');
  #output = '';

  constructor(script: string, { preload = ['tsx'], environment = {} }: ForkOptions = {}) {
    const imports = preload.flatMap((module) => ['--import', module]);
    this.#child = fork(script, [], {
      cwd: ROOT,
      execArgv: ['--expose-gc', ...imports],
      env: { ...process.env, NODE_ENV: 'production', ...environment },
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child.stdout?.on('data', (chunk) => (this.#output += String(chunk)));
    this.#child.stderr?.on('data', (chunk) => (this.#output += String(chunk)));
    process.once('exit', this.#killNow);
  }

  /** What the process has written, once it matches. */
  async readOutput(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#output)?.[1];
      if (found !== undefined) return found;
      await this.#orEnd(once(this.#child.stdout ?? this.#child, 'data'));
    }
  }

  /** Sends a question and resolves with the next message, which is its answer. */
  async ask<Answer>(question: Serializable): Promise<Answer> {
    const answered = this.#orEnd(once(this.#child, 'message'));
    this.#child.send(question);
    const [answer]: Answer[] = await answered;
    if (answer === undefined) throw new TypeError('no answer');
    return answer;
  }

  /** Ends the process in order; rejects where it does not end well. */
  async stop(): Promise<void> {
    const late = setTimeout(this.#killNow, STOP_TIMEOUT_MS);
    try {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const [code] = await ended;
      if (code !== 0) throw this.#failure();
    } finally {
      clearTimeout(late);
      process.off('exit', this.#killNow);
    }
  }

  /** For whoever has failed already: ends the process at once. */
  kill(): void {
    this.#killNow();
    process.off('exit', this.#killNow);
  }

  async #orEnd<Result>(event: Promise<Result>): Promise<Result> {
    const listener = new AbortController();
    const ended = once(this.#child, 'exit', { signal: listener.signal }).then(() => {
      throw this.#failure();
    });
    try {
      return await Promise.race([event, ended]);
    } finally {
      listener.abort();
      ended.catch(() => undefined);
    }
  }

  #failure(): Error {
    const { spawnfile, exitCode, signalCode } = this.#child;
    return new Error(`${spawnfile} ended with ${exitCode ?? signalCode}: ${this.#output}`);
  }
}
