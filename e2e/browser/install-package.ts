import { spawnSync } from 'node:child_process';

/** Installs a package of Debian's where this process may. Returns what prevented it, as a clause, or undefined. */
export function installPackage(name: string): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may install it here';
  if (spawnSync('apt-get', ['--version']).status !== 0) return 'there is no apt-get to install it';
  for (const task of [
    ['update', '--quiet'],
    ['install', '--quiet', '--yes', '--no-install-recommends', name],
  ]) {
    const run = spawnSync('apt-get', task, {
      // Progress belongs beside the test report, not in it.
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (run.status !== 0) return `apt-get ${task[0]} failed`;
  }
  return undefined;
}
