import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const FOLDERS = ['bench', 'e2e', 'server', 'shared', 'web'];
const IS_TEST = /\.(?:test\.tsx?|acceptance\.ts|e2e\.ts)$/;

/** A rule begins a list item: "- **W3** A sealed piece …". */
const RULE = /^- \*\*([A-Z]\d+)\*\* /gm;
/**
 * A test, or a group of tests, begins with the rules it proves: 'W3: …' or 'H1, H3: …', behind the cases of
 * security.md where it has some: 'case P5; A1, A5: …'.
 */
const CITATION = /['"`](?:case [A-Z]\d+(?:, [A-Z]\d+)*; )?([A-Z]\d+(?:, [A-Z]\d+)*): /g;

const rules = findAll(readFileSync(join(ROOT, 'docs/protocol.md'), 'utf8'), RULE);
const citations = FOLDERS.flatMap((folder) => findTests(join(ROOT, folder))).flatMap((path) => {
  const ids = findAll(readFileSync(path, 'utf8'), CITATION).flatMap((list) => list.split(', '));
  return ids.map((rule) => ({ rule, path: path.slice(ROOT.length + 1) }));
});

test('every rule stands once', () => {
  expect(rules.length).toBeGreaterThan(90);
  expect(rules.filter((rule, i) => rules.indexOf(rule) !== i)).toEqual([]);
});

test('every rule is cited by a test', () => {
  const cited = new Set(citations.map(({ rule }) => rule));
  expect(rules.filter((rule) => !cited.has(rule))).toEqual([]);
});

test('every citation is of a rule that exists', () => {
  expect(citations.filter(({ rule }) => !rules.includes(rule))).toEqual([]);
});

function findTests(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : findTests(path);
    return IS_TEST.test(entry.name) ? [path] : [];
  });
}

function findAll(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), ([, found = '']) => found);
}
