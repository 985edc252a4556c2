import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
/** How many cases there are of each kind: tracker, peers, storage and browser, page. */
const COUNTS = { T: 29, P: 29, S: 8, U: 8 };
const NOT_BUILT = /^not built: /;

interface Row {
  readonly ids: readonly string[];
  readonly rules: readonly string[];
  readonly tests: readonly string[];
  readonly shown: string;
}

const security = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
const protocol = readFileSync(join(ROOT, 'docs/protocol.md'), 'utf8');
const rows = Array.from(security.matchAll(/^\| ([TPSU]\d+) +\|(.*)\|$/gm), toRow);

test('every case stands in the table', () => {
  const all = Object.entries(COUNTS).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, i) => `${kind}${i + 1}`),
  );
  const listed = new Set(rows.flatMap(({ ids }) => ids));
  expect(all.filter((id) => !listed.has(id))).toEqual([]);
  expect([...listed].filter((id) => !all.includes(id))).toEqual([]);
});

describe.each(rows.filter(({ shown }) => !NOT_BUILT.test(shown)))('case $ids', (row) => {
  test('is named by a test in every file that the table gives', () => {
    expect(row.tests.length).toBeGreaterThan(0);
    for (const path of row.tests) {
      const text = existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : '';
      const cases = Array.from(text.matchAll(/['"`]case ([^;:]+)[;:]/g), ([, list = '']) => list);
      const named = cases.flatMap((list) => list.split(', '));
      for (const id of row.ids) expect(named, `${path} names ${named.join(' ')}`).toContain(id);
    }
  });

  test('goes by rules that exist', () => {
    for (const rule of row.rules) expect(protocol).toContain(`- **${rule}** `);
  });
});

function toRow([, id = '', rest = '']: RegExpMatchArray): Row {
  const [, rules = '', tests = '', shown = ''] = rest.split('|').map((cell) => cell.trim());
  return {
    ids: [id],
    rules: rules.split(', ').filter(Boolean),
    tests: Array.from(tests.matchAll(/`([^`]+)`/g), ([, path = '']) => path),
    shown,
  };
}
