import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

const UI = join(import.meta.dirname, '../web/ui');
/** The catalogue itself, what proves it, and pages that nobody is shown. */
const IS_CATALOGUE = /^texts\.ts$|^words\/|^gallery\/|\.test\.ts$|\.test-helper\.ts$/;
const SPOKEN_ATTRIBUTES = new Set(
  'alt aria-description aria-label aria-roledescription aria-valuetext label placeholder title'.split(
    ' ',
  ),
);
/** "Save", "Save again", "…and more": what begins like a sentence, or has words with spaces and a stop. */
const SENTENCE = /^\p{Lu}\p{Ll}+(?:$|[ .:…,!?])|\p{L} \p{L}.*[.!?…]$/u;
/** Names that are no words: of keys, elements, errors and the like. */
const NAMES = new Set(
  'AbortError Enter Escape Files Tab ArrowLeft ArrowRight ArrowUp ArrowDown Home End Space SecurityError'.split(
    ' ',
  ),
);

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** What a person would read, and stands outside the catalogue. */
function findHardCoded(path: string, source: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isNode(value)) return;
    const text = readText(value);
    if (text !== undefined && isSpoken(value, text)) found.push(text.trim());
    if (isSilent(value)) return;
    for (const [key, child] of Object.entries(value)) if (key !== 'parent') visit(child);
  };
  visit(parseSync(path, source).program);
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** The text of a literal, a piece of a template, or what stands between tags. */
function readText(node: Node): string | undefined {
  if (node.type === 'JSXText') return String(node['value']);
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type === 'TemplateElement') return String(Reflect.get(Object(node['value']), 'cooked'));
  if (node.type !== 'JSXAttribute' || !isNode(node['value'])) return undefined;
  const name = String(Reflect.get(Object(node['name']), 'name'));
  return SPOKEN_ATTRIBUTES.has(name) ? readText(node['value']) : undefined;
}

function isSpoken(node: Node, text: string): boolean {
  if (node.type === 'JSXText' || node.type === 'JSXAttribute') return /\p{L}/u.test(text);
  return !NAMES.has(text) && SENTENCE.test(text);
}

/** Imports, types, and errors for whoever repairs the page. */
function isSilent({ type, callee }: Node): boolean {
  return (
    /^Import|^TS/.test(type) ||
    (type === 'NewExpression' && Reflect.get(Object(callee), 'name') === 'Error')
  );
}

const paths = readdirSync(UI, { recursive: true, encoding: 'utf8' }).map((path) =>
  path.replaceAll('\\', '/'),
);

test.each([
  ['<p>Hello</p>', 'Hello'],
  ['<p>{n} of it</p>', 'of it'],
  ['<button aria-label="more" />', 'more'],
  ['<input placeholder={`a ${name}`} />', undefined],
  ['<p class="card quiet">{TEXTS.save}</p>', undefined],
  ["const label = isOn ? 'Turn off' : TEXTS.on;", 'Turn off'],
  ['const label = `Save ${name}`;', 'Save'],
  ["throw new Error('It is not open.');", undefined],
  ["if (event.key === 'Escape') close();", undefined],
])('of %s a person reads %s', (source, text) => {
  const found = findHardCoded('view.tsx', source);
  expect(found[0]).toBe(text);
});

test('every word of the page stands in the catalogue', () => {
  const views = paths.filter((path) => /\.tsx?$/.test(path) && !IS_CATALOGUE.test(path));
  expect(views.length).toBeGreaterThan(30);
  const found = views.flatMap((path) =>
    findHardCoded(path, readFileSync(join(UI, path), 'utf8')).map((text) => `${path}: ${text}`),
  );
  expect(found).toEqual([]);
});

describe('every style', () => {
  const styles = paths.filter((path) => path.endsWith('.css'));
  const rules = styles.map((path) => [path, readFileSync(join(UI, path), 'utf8')] as const);

  test('goes with the direction of the script: margins, sides and edges are logical', () => {
    const physical =
      /(?<![\w-])(?:(?:(?:scroll-)?(?:margin|padding)|border)-(?:left|right)[\w-]*|left|right|float|border-(?:top|bottom)-(?:left|right)-radius):|text-align: (?:left|right)/;
    const lines = rules.flatMap(([path, css]) =>
      css
        .split('\n')
        .flatMap((line, i) => (physical.test(line) ? [`${path}:${i + 1} ${line.trim()}`] : [])),
    );
    expect(lines).toEqual([]);
  });

  test('that moves something sideways says how it does from right to left', () => {
    const sideways =
      /translateX|translate\((?!0)|rotate\(|inset\(0 0 0|transform-origin: (?:left|right)/;
    const files = rules.filter(([, css]) => sideways.test(css) && !css.includes("[dir='rtl']"));
    expect(files.map(([path]) => path)).toEqual([]);
  });

  test('moves nothing for whoever wants reduced motion', () => {
    const base = rules.find(([path]) => path.endsWith('base.css'))?.[1] ?? '';
    expect(base).toMatch(
      /@media \(prefers-reduced-motion: reduce\) \{\s*\*,\s*\*::before,\s*\*::after \{\s*transition: none !important;\s*animation: none !important;\s*\}\s*\}/,
    );
    const stronger = rules.flatMap(([path, css]) =>
      Array.from(
        css.matchAll(/(?:transition|animation)[\w-]*:[^;]*!important/g),
        ([rule]) => `${path}: ${rule}`,
      ),
    );
    expect(stronger).toEqual([
      'styles/base.css: transition: none !important',
      'styles/base.css: animation: none !important',
    ]);
    const scripted = paths
      .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
      .filter((path) =>
        /\.animate\(|behavior: 'smooth'/.test(readFileSync(join(UI, path), 'utf8')),
      );
    expect(scripted).toEqual([]);
  });
});
