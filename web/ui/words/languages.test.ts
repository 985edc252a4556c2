import { expect, test } from 'vitest';
import { pickLanguage } from './languages.ts';

test.each([
  [['de'], 'de'],
  [['de-AT', 'en'], 'de'],
  [['DE'], 'de'],
  [['tlh', 'de-CH', 'en'], 'de'],
  [['en-GB', 'de'], 'en'],
  [['zh'], 'zh-Hans'],
  [['zh-CN', 'en'], 'zh-Hans'],
  [['zh-SG'], 'zh-Hans'],
  [['zh-Hant-TW', 'zh-TW', 'zh', 'en'], 'zh-Hans'],
  [['tlh'], 'en'],
  [['deu-x'], 'en'],
  [['pt-PT'], 'pt-BR'],
  [['pt-br'], 'pt-BR'],
  [[], 'en'],
])('a browser that asks for %j gets %s', (wanted, language) => {
  expect(pickLanguage(wanted)).toBe(language);
});
