import { Writable } from 'node:stream';

import { expect, test } from 'vitest';

import { createLog } from './log.ts';

function createRecorded(level: 'debug' | 'warn') {
  let text = '';
  const stream = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk);
      done();
    },
  });
  return { log: createLog(level, stream), lines: () => text.split('\n').filter(Boolean) };
}

test('a line is a level, a time and a sentence', () => {
  const { log, lines } = createRecorded('debug');
  for (const level of ['debug', 'info', 'warn'] as const) log[level]('something');
  const keys = lines().map((line) => Object.keys(JSON.parse(line)).toSorted());
  expect(keys).toEqual(Array.from({ length: 3 }, () => ['level', 'msg', 'time']));
});

test('of an error it has where it was thrown, and not what it says', () => {
  const { log, lines } = createRecorded('warn');
  const error = Object.assign(new TypeError('no 192.0.2.1\n    at 192.0.2.1 (evil:1:1)'), {
    code: 'EPIPE',
    address: '192.0.2.1',
    cause: new Error('192.0.2.1'),
  });
  log.info('below the level');
  log.error('a handler failed', error);
  const [line = ''] = lines();
  expect(lines()).toHaveLength(1);
  expect(line).not.toMatch(/192\.0\.2\.1|evil/u);
  expect(JSON.parse(line)).toMatchObject({
    msg: 'a handler failed',
    error: {
      type: 'TypeError',
      code: 'EPIPE',
      frames: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
    },
  });
});

test.each([
  ['a text', '192.0.2.1', 'string'],
  ['nothing', undefined, 'undefined'],
  ['an error whose code is no code', Object.assign(new Error('x'), { code: '192.0.2.1' }), 'Error'],
  [
    'an error that was renamed after it was made',
    Object.assign(new Error('192.0.2.1'), { message: 'other' }),
    'Error',
  ],
])('%s is logged by its type', (_, thrown, type) => {
  const { log, lines } = createRecorded('warn');
  log.error('failed', thrown);
  expect(lines()[0]).not.toContain('192.0.2.1');
  expect(JSON.parse(lines()[0] ?? '')).toMatchObject({ error: { type } });
});
