import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

import { findProgram } from '../../e2e/browser/find-program.ts';
import { provideProgram } from '../../e2e/browser/provide-program.ts';

const FIND_EVERY_MS = 250;
const FIND_TIMEOUT_MS = 30_000;
const BETWEEN_PRESSES_MS = 1_000;
const MAX_PRESSES = 20;

const PROGRAMS = [
  { name: 'Xvfb', variable: 'XVFB', debianPackage: 'xvfb', names: ['Xvfb'] },
  { name: 'xdotool', variable: 'XDOTOOL', debianPackage: 'xdotool', names: ['xdotool'] },
] as const;

const run = promisify(execFile);

/** A screen that nobody sees, and its keyboard. */
export class Screen {
  /** For a program that is to show itself there. */
  readonly environment: Readonly<Record<string, string>>;
  readonly #xdotool: string;

  private constructor(display: string, xdotool: string) {
    this.environment = { ...definedVariables(), DISPLAY: display };
    this.#xdotool = xdotool;
  }

  static async with<Result>(work: (screen: Screen) => Promise<Result>): Promise<Result> {
    const [xvfb, xdotool] = PROGRAMS.map(locate);
    if (xvfb === undefined || xdotool === undefined) throw new Error('two programs are wanted');
    const child = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1280x900x24'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const killNow = (): unknown => child.kill('SIGKILL');
    process.once('exit', killNow);
    try {
      return await work(new Screen(`:${await readDisplay(child)}`, xdotool));
    } finally {
      process.off('exit', killNow);
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
  }

  /** The window of that title, once it is there. */
  async findWindow(title: string): Promise<string> {
    const deadlineMs = performance.now() + FIND_TIMEOUT_MS;
    for (;;) {
      const window = await this.#search(title);
      if (window !== undefined) return window;
      if (performance.now() > deadlineMs) throw new Error(`no window is called ${title}`);
      await new Promise((resolve) => setTimeout(resolve, FIND_EVERY_MS));
    }
  }

  /** Types into a window, there being nobody else who could give it the keyboard. */
  async press(window: string, ...keys: readonly string[]): Promise<void> {
    await this.#tell('windowfocus', '--sync', window);
    await this.#tell('key', '--delay', '100', ...keys);
  }

  /** Presses these keys in the window of that title until it is there no longer: a busy one may miss them. */
  async pressUntilGone(title: string, ...keys: readonly string[]): Promise<void> {
    for (let tries = 0; tries < MAX_PRESSES; tries += 1) {
      const window = await this.#search(title);
      if (window === undefined) return;
      // It may have gone meanwhile.
      await this.press(window, ...keys).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_PRESSES_MS));
    }
    throw new Error(`the window called ${title} does not go`);
  }

  async type(window: string, text: string): Promise<void> {
    await this.#tell('windowfocus', '--sync', window);
    await this.#tell('type', '--delay', '20', text);
  }

  async #search(title: string): Promise<string | undefined> {
    const found = await this.#tell('search', '--onlyvisible', '--name', title).catch(() => '');
    return found.split('\n').find((window) => window !== '');
  }

  async #tell(...args: readonly string[]): Promise<string> {
    return (await run(this.#xdotool, args, { env: this.environment })).stdout;
  }
}

function locate(program: (typeof PROGRAMS)[number]): string {
  const { variable, names } = program;
  const find = (): string | undefined =>
    findProgram({ variable, names, folders: ['/usr/bin'], applications: [] }, process.env);
  const missing = provideProgram({ ...program, find });
  const path = find();
  if (path === undefined) throw new Error(missing);
  return path;
}

async function readDisplay(child: ChildProcess): Promise<string> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- opened as a pipe
  const [number]: Buffer[] = await once(child.stdio[3] as Readable, 'data');
  return String(number).trim();
}

function definedVariables(): Record<string, string> {
  const variables = Object.entries(process.env);
  return Object.fromEntries(
    variables.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
