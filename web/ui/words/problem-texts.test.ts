import { expect, test } from 'vitest';
import { PROBLEMS } from '../../app/problems.ts';
import { CARD_TEXTS } from './card-texts.ts';
import { describeProblem } from './problem-texts.ts';

const code = 'names-refused';

test('V9: names that the browser refuses are told, as what they are called now or as left out', () => {
  const renamed = ['a/b.lnk.download', 'c.url.download'];
  expect(describeProblem({ code, renamed, leftOut: [] }).sentence).toBe(
    'The browser refuses some names. Saved under another name: a/b.lnk.download, c.url.download.',
  );
  const { sentence, advice } = describeProblem({ code, renamed: renamed.slice(1), leftOut: ['d'] });
  expect(sentence).toBe(
    'Not saved, because the browser refuses it: d. The browser refuses some names. Saved under another name: c.url.download.',
  );
  expect(advice).toContain('“Save as…”');
});

test('V9: of very many names ten are told, and how many more there are', () => {
  const leftOut = Array.from({ length: 1_234 }, (_, i) => `${i}.url`);
  const { sentence } = describeProblem({ code, renamed: [], leftOut });
  expect(sentence).toContain(': 0.url, 1.url, ');
  expect(sentence).toContain(' 9.url, … (+1,224).');
  expect(sentence).not.toContain('10.url');
});

test('of a part of the page that is missing no button is named where there is none', () => {
  expect(describeProblem(PROBLEMS.pageIncomplete).advice).toContain(CARD_TEXTS.resume);
  expect(describeProblem(PROBLEMS.partMissing).advice).not.toContain(CARD_TEXTS.resume);
});
