import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findFirefox } from './find-firefox.ts';
import { provideProgram } from './provide-program.ts';

const FIREFOX = { name: 'Firefox', variable: 'FIREFOX', debianPackage: 'firefox-esr' };
const SENTENCE = 'install one, or name its executable in FIREFOX.';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'peerify-find-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function makeProgram(folder: string, name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

test('Firefox is found on the PATH, and where FIREFOX says, and nowhere else then', () => {
  const folder = makeFolder();
  const path = makeProgram(folder, 'firefox');
  expect(findFirefox({ PATH: folder })).toBe(path);
  const esr = makeProgram(folder, 'firefox-esr');
  expect(findFirefox({ PATH: folder })).toBe(esr);
  expect(findFirefox({ PATH: folder, FIREFOX: path })).toBe(path);
  expect(findFirefox({ PATH: folder, FIREFOX: join(folder, 'none') })).toBeUndefined();
});

test('a program that is there is not installed', () => {
  const installed: string[] = [];
  const install = (name: string): undefined => {
    installed.push(name);
  };

  expect(
    provideProgram({ ...FIREFOX, find: () => '/usr/bin/firefox' }, install, {}),
  ).toBeUndefined();
  expect(installed).toEqual([]);
});

test('a program that is not there is installed', () => {
  const installed: string[] = [];
  const find = (): string | undefined => installed[0];
  const install = (name: string): undefined => {
    installed.push(name);
  };
  expect(provideProgram({ ...FIREFOX, find }, install, {})).toBeUndefined();
  expect(installed).toEqual(['firefox-esr']);
});

test.each([
  ['it cannot be installed', {}, 'there is no apt-get', 'there is no apt-get'],
  ['it is nowhere afterwards', {}, undefined, 'installing it did not help'],
  [
    'its variable names something else',
    { FIREFOX: '/none' },
    undefined,
    'FIREFOX names no executable',
  ],
])('one sentence says what is missing if %s', (_, environment, obstacle, clause) => {
  expect(provideProgram({ ...FIREFOX, find: () => undefined }, () => obstacle, environment)).toBe(
    `No Firefox was found, and ${clause}: ${SENTENCE}`,
  );
});
