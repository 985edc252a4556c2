import { describe, expect, test } from 'vitest';

import { readConfiguration } from './configuration.ts';

describe('the environment', () => {
  test('an empty one gives the defaults', () => {
    expect(readConfiguration({ PORT: '', HOME: '/home/x' })).toEqual({
      ok: true,
      value: {
        PORT: 8080,
        HOST: '0.0.0.0',
        TRUST_PROXY_HOPS: 0,
        ALLOWED_ORIGINS: [],
        ICE_SERVERS: [],
        LOG_LEVEL: 'info',
        MAX_SOCKETS: 20_000,
        MAX_SOCKETS_PER_ADDRESS: 256,
        MAX_CONNECTIONS_PER_MINUTE: 600,
        MAX_UNKNOWN_SHARES_PER_MINUTE: 120,
        MAX_TURN_CREDENTIALS_PER_MINUTE: 30,
      },
    });
  });

  test('values are read as what they mean', () => {
    const iceServers = [{ urls: ['turn:t.example:3478'], username: 'u', credential: 'c' }];
    const result = readConfiguration({
      PORT: '0',
      ALLOWED_ORIGINS: 'https://a.example, https://b.example:8443',
      ICE_SERVERS: JSON.stringify(iceServers),
      TRUST_PROXY_HOPS: '2',
      METRICS_PORT: '9100',
    });
    expect(result).toMatchObject({
      ok: true,
      value: {
        PORT: 0,
        ALLOWED_ORIGINS: ['https://a.example', 'https://b.example:8443'],
        ICE_SERVERS: iceServers,
        TRUST_PROXY_HOPS: 2,
        METRICS_PORT: 9100,
      },
    });
  });

  test('a TURN server has its addresses and its secret', () => {
    const secret = '0123456789abcdef!"#$%&()*+,-./:;';
    const TURN_URLS = 'turn:t.example:3478, turns:t.example:443?transport=tcp';
    expect(readConfiguration({ TURN_URLS, TURN_SECRET: secret })).toMatchObject({
      ok: true,
      value: {
        relay: { urls: ['turn:t.example:3478', 'turns:t.example:443?transport=tcp'], secret },
      },
    });
  });

  test.each([
    [{ TURN_URLS: 'turn:t.example' }, 'TURN_SECRET must be set where TURN_URLS is.'],
    [{ TURN_SECRET: 'x'.repeat(32) }, 'TURN_URLS must be set where TURN_SECRET is.'],
    [
      { TURN_URLS: 'turn:t.example', TURN_SECRET: '' },
      'TURN_SECRET must be set where TURN_URLS is.',
    ],
  ])('a TURN server by half is refused: %j', (environment, sentence) => {
    expect(readConfiguration(environment)).toEqual({ ok: false, sentence });
  });

  test('no sentence repeats a secret', () => {
    const TURN_SECRET = 'a secret with blanks in it, of fair length';
    const result = readConfiguration({ TURN_URLS: 'turn:t.example', TURN_SECRET });
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('fair length');
  });

  test.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['METRICS_PORT', '0'],
    ['METRICS_PORT', '127.0.0.1:9100'],
    ['TRUST_PROXY_HOPS', 'true'],
    ['ALLOWED_ORIGINS', 'https://a.example/'],
    ['ALLOWED_ORIGINS', '*'],
    ['ICE_SERVERS', '{'],
    ['ICE_SERVERS', '{"urls":[]}'],
    ['ICE_SERVERS', '[{"urls":["http://x"]}]'],
    ['TURN_URLS', ','],
    ['TURN_URLS', 'stun:t.example'],
    ['TURN_URLS', 'turn:t.example;turn:u.example'],
    ['TURN_URLS', 'https://t.example'],
    ['TURN_URLS', Array.from({ length: 9 }, () => 'turn:t.example').join(',')],
    ['TURN_SECRET', 'x'.repeat(31)],
    ['TURN_SECRET', 'x'.repeat(257)],
    ['TURN_SECRET', `${'x'.repeat(32)}\n`],
    ['MAX_TURN_CREDENTIALS_PER_MINUTE', '0'],
    ['LOG_LEVEL', 'loud'],
    ['MAX_SOCKETS_PER_ADDRESS', '0'],
  ])('%s=%s is refused in one sentence that names it', (name, value) => {
    const result = readConfiguration({ [name]: value });
    expect(result).toMatchObject({
      ok: false,
      sentence: expect.stringMatching(new RegExp(`^${name} must be [^\\n]+\\.$`, 'u')),
    });
  });
});
