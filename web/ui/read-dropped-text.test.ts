import { expect, test } from 'vitest';
import { readDroppedText } from './read-dropped-text.ts';

function drop(data: Readonly<Record<string, string>>): string {
  return readDroppedText({ getData: (type) => data[type] ?? '' });
}

test('a dropped link is its address, whatever stands in its place on the page', () => {
  const address = 'https://share.example/#1abc';
  expect(drop({ 'text/uri-list': `${address}\r\n`, 'text/plain': 'Holiday' })).toBe(address);
});

test('of a list of addresses each is a line, and comments are none of them', () => {
  const list = '# two of them\r\nhttps://a.example/\r\nhttps://b.example/#part\r\n';
  expect(drop({ 'text/uri-list': list })).toBe('https://a.example/\nhttps://b.example/#part');
});

test('words are what they are', () => {
  expect(drop({ 'text/plain': ' two\nlines ' })).toBe(' two\nlines ');
  expect(drop({ 'text/html': '<b>only</b>' })).toBe('');
});
